namespace IntegrationHub.Hub.Tests;

/// <summary>Tests that measure the memory of the process run while no other does: what others take or give back would be counted as theirs.</summary>
[CollectionDefinition(nameof(Alone), DisableParallelization = true)]
public sealed class Alone;
