using IntegrationHub.Orchestrations.Assessments;
using IntegrationHub.Orchestrations.Embedded.Packing;

namespace IntegrationHub.Orchestrations.Embedded.Sqlite;

/// <summary>Packs the in-memory form of an assessment into few bytes, and unpacks it.</summary>
internal static class PackedAssessment
{
    private static readonly Packer<Content> Packer = Packers.Of<Content>();

    [ThreadStatic]
    private static PackWriter? writer;

    internal static byte[] Pack(HeldAssessment assessment)
    {
        writer ??= new PackWriter();
        writer.Clear();
        lock (assessment.Gate)
        {
            Packer.Pack(writer, new Content(
                assessment.Key,
                assessment.State,
                assessment.WakeAt,
                assessment.Head,
                assessment.SummaryFingerprints,
                assessment.Bytes,
                [.. assessment.Outcomes.Select(o => new KeptOutcome(o.Key, o.Value))],
                assessment.Inbox.Count == 0 ? [] : [.. assessment.Inbox]));
        }

        return writer.ToArray();
    }

    internal static HeldAssessment Unpack(byte[] bytes)
    {
        var content = Packer.Unpack(new PackReader(bytes));
        var assessment = new HeldAssessment(content.State.Id)
        {
            Key = content.Key,
            State = content.State,
            WakeAt = content.WakeAt,
            Head = content.Head,
            SummaryFingerprints = content.SummaryIs,
        };
        foreach (var outcome in content.Outcomes)
        {
            assessment.Remember(outcome);
        }

        assessment.Inbox.AddRange(content.Inbox);
        assessment.Bytes = content.Bytes;
        return assessment;
    }

    internal sealed record Content(
        long Key,
        AssessmentState State,
        DateTimeOffset? WakeAt,
        long Head,
        SummaryFingerprints SummaryIs,
        long Bytes,
        IReadOnlyList<KeptOutcome> Outcomes,
        IReadOnlyList<WaitingDelivery> Inbox);
}
