using IntegrationHub.Contracts.Identifiers;

namespace IntegrationHub.Functions.Agencies;

/// <summary>The result of testing the channel to an agency.</summary>
/// <param name="Worked">Whether the channel accepted the message or the agency's system answered as expected.</param>
/// <param name="Said">The result as a text for an officer, without addresses or secrets.</param>
public sealed record ChannelTestResult(bool Worked, string Said);

/// <summary>Tests the channel to an agency with a harmless message that names no case and no child and does not request anything.</summary>
public interface IChannelTest
{
    /// <summary>The channel that is tested.</summary>
    Reach Reach { get; }

    /// <summary>What the test does, as a text for the officer who is about to press the button.</summary>
    string Description { get; }

    /// <summary>Runs the test.</summary>
    /// <param name="agency">The agency.</param>
    /// <param name="council">The council in whose name the test message is sent.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    ValueTask<ChannelTestResult> TryAsync(AgencyEntry agency, LocalAuthorityCode council, CancellationToken cancellationToken);
}
