using System.Diagnostics.Metrics;
using IntegrationHub.Functions.Nhs.Access;

namespace IntegrationHub.Hub.Tests.Nhs;

/// <summary>Listens to the refusal counter of one host only.</summary>
internal sealed class CountedRefusals : IDisposable
{
    private readonly MeterListener listener = new();
    private readonly Dictionary<string, long> counts = [];

    internal CountedRefusals(IMeterFactory meters)
    {
        listener.InstrumentPublished = (instrument, self) =>
        {
            if (instrument.Meter.Name == Refusals.MeterName && instrument.Meter.Scope == meters)
            {
                self.EnableMeasurementEvents(instrument);
            }
        };
        listener.SetMeasurementEventCallback<long>((_, measurement, tags, _) =>
        {
            foreach (var tag in tags)
            {
                if (tag.Key == "reason")
                {
                    lock (counts)
                    {
                        counts[(string)tag.Value!] = counts.GetValueOrDefault((string)tag.Value!) + measurement;
                    }
                }
            }
        });
        listener.Start();
    }

    internal long this[string reason]
    {
        get
        {
            lock (counts)
            {
                return counts.GetValueOrDefault(reason);
            }
        }
    }

    public void Dispose() => listener.Dispose();
}
