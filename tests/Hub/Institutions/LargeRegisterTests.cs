using System.Globalization;
using IntegrationHub.Functions.Institutions;

namespace IntegrationHub.Hub.Tests.Institutions;

/// <summary>A register of England's size is held and searched by every hub, so it must stay small.</summary>
[Collection(nameof(Alone))]
public sealed class LargeRegisterTests(ITestOutputHelper output)
{
    private const int Institutions = 50_000;
    private const long MaxHeld = 64L << 20;

    [Fact]
    public void Fifty_thousand_institutions_stay_small_in_memory_and_are_searched()
    {
        var lines = Enumerable.Range(0, Institutions).Select(n => Extract.Lines[n % 5].Replace(Extract.Lines[n % 5][..6], (200_000 + n).ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal)
            .Replace("School", FormattableString.Invariant($"School number {n}"), StringComparison.Ordinal));
        var bytes = Extract.Bytes(lines);
        var before = GC.GetTotalMemory(forceFullCollection: true);

        var register = new LoadedRegister(new RegisterSource("invented.csv", "", new DateOnly(2026, 11, 29), false), GiasFile.Read(new MemoryStream(bytes)).Rows);

        // Less than nothing only means that something older was given back meanwhile.
        var held = GC.GetTotalMemory(forceFullCollection: true) - before;
        output.WriteLine(FormattableString.Invariant($"{register.Rows.Count} institutions hold {held >> 20} MiB"));
        Assert.InRange(held, long.MinValue, MaxHeld);
        Assert.Equal(Institutions, register.Rows.Count);
        Assert.NotEmpty(new InstitutionSearch { Words = "millbrook 4995", Near = register.Rows[0].Urn }.In(register, new DateOnly(2026, 11, 29)));
        GC.KeepAlive(bytes);
    }
}
