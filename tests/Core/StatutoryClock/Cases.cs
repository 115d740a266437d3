using CsCheck;
using IntegrationHub.Contracts.Advice;
using IntegrationHub.Orchestrations.StatutoryClock;

namespace IntegrationHub.Core.Tests.StatutoryClock;

/// <summary>Random cases: anything that a council could write down, in no sensible order.</summary>
internal static class Cases
{
    internal static readonly Gen<DateOnly> Day = Gen.Int[0, 3650].Select(days => new DateOnly(2019, 1, 1).AddDays(days));

    internal static readonly Gen<ExceptionFact> Exception = Gen.Select(
        Gen.Enum<Ground>(),
        Day,
        Gen.Int[0, 60],
        Gen.Enum<AdviceKind>(),
        (ground, from, length, kind) => new ExceptionFact(ground, from, ground == Ground.MissedAppointment ? from : from.AddDays(length), null, kind));

    private static readonly Gen<AdviceFact> Advice = Gen.Select(
        Gen.Enum<AdviceKind>(),
        Day,
        Gen.Int[0, 4],
        Gen.Bool,
        (kind, requested, post, body) =>
            new AdviceFact { Key = kind.ToString(), Kind = kind, Requested = requested, ReceivedByBody = post == 4 ? null : requested.AddDays(post), IsSection31Body = body });

    private static readonly Gen<RemedyFact> Remedy = Gen.Select(Gen.Enum<Remedy>(), Day, (remedy, on) => new RemedyFact(remedy, on));

    internal static readonly Gen<CaseFacts> Facts = Gen.Select(
        Gen.Select(Day, Gen.Bool, Day.Null(), Gen.Bool),
        Advice.Array[0, 5],
        Exception.Array[0, 6],
        Gen.Select(Day.Null(), Day.Null(), Day.Null(), Day.Array[0, 3]),
        Gen.Select(Remedy.Array[0, 2], Day.Null(), Day.Null(), Day.Null()),
        (start, advice, exceptions, steps, dispute) => new CaseFacts
        {
            Received = start.Item1,
            Refused = start.Item2 && start.Item4,
            RefusalNotified = start.Item3,
            Advice = advice,
            Exceptions = exceptions,
            DraftServed = steps.Item1,
            NoPlanNotified = steps.Item2,
            PlanIssued = steps.Item3,
            InstitutionsConsulted = [.. steps.Item4.Select((sent, i) => new ConsultationFact($"{i}", sent))],
            Dispute = new()
            {
                Orders = dispute.Item1,
                CertificateIssued = dispute.Item2,
                MediationDeclined = dispute.Item3,
                HealthIssuesRaised = dispute.Item4,
            },
        });

    private static Gen<DateOnly?> Null(this Gen<DateOnly> gen) => Gen.Select(gen, Gen.Bool, (day, there) => there ? day : default(DateOnly?));
}
