using IntegrationHub.Local.Commands;
using Microsoft.Extensions.Time.Testing;

namespace IntegrationHub.Local.Tests.Commands;

/// <summary>A long input is told of now and then, on a machine with no languages installed; a short one is not.</summary>
public sealed class ProgressLineTests
{
    [Fact]
    public void A_line_is_written_at_most_every_three_seconds_with_its_thousands_apart()
    {
        var (written, time) = (new StringWriter(), new FakeTimeProvider());
        var line = new ProgressLine(written, time);

        line.Show(1_000);
        Assert.Equal("", written.ToString());

        time.Advance(TimeSpan.FromSeconds(3));
        line.Show(33_006);
        line.Show(33_007);
        time.Advance(TimeSpan.FromSeconds(4));
        line.Show(99_000);

        Assert.Equal(["33,006 cases answered so far", "99,000 cases answered so far"], written.ToString().Split(Environment.NewLine, StringSplitOptions.RemoveEmptyEntries));
    }
}
