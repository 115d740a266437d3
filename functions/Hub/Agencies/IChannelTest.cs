using IntegrationHub.Contracts.Identifiers;

namespace IntegrationHub.Functions.Agencies;

/// <summary>What came of a test of the way to an agency.</summary>
/// <param name="Worked">The channel took it, or the agency's system answered as it must.</param>
/// <param name="Said">What came back, in words for an officer; no address, no secret.</param>
public sealed record ChannelTestResult(bool Worked, string Said);

/// <summary>Tries the way to an agency with something harmless: it names no case and no child, and asks for nothing.</summary>
public interface IChannelTest
{
    /// <summary>The way that it tries.</summary>
    Reach Reach { get; }

    /// <summary>What it does, in words for the officer who is about to press the button.</summary>
    string Does { get; }

    /// <summary>Tries it.</summary>
    /// <param name="agency">The agency.</param>
    /// <param name="council">The council in whose name it is tried.</param>
    /// <param name="cancellationToken">Stops it.</param>
    ValueTask<ChannelTestResult> TryAsync(AgencyEntry agency, LocalAuthorityCode council, CancellationToken cancellationToken);
}
