using IntegrationHub.Core.Tests.Assessments;
using IntegrationHub.Functions.Returns.Building;
using IntegrationHub.Orchestrations.Assessments;
using IntegrationHub.Orchestrations.StatutoryClock;

namespace IntegrationHub.Hub.Tests.Returns;

/// <summary>A return counts what the case itself counts: of records that are alike, a correction changes the one that it names.</summary>
public sealed class CorrectedEventsTests
{
    private static readonly DateOnly Wrong = new(2026, 12, 30);
    private static readonly DateOnly True = new(2027, 1, 11);

    [Theory]
    [InlineData(MistakenRecord.Appeal, "dismissed")]
    [InlineData(MistakenRecord.Mediation, "agreed")]
    [InlineData(MistakenRecord.Act, "remedyCarriedOut")]
    public void Of_records_that_are_alike_the_one_that_is_named_is_corrected(MistakenRecord record, string which)
    {
        Assert.Equal([True, Wrong], After(record, which, True, 1));
        Assert.Equal([Wrong, True], After(record, which, True, 2));
        Assert.Equal([Wrong], After(record, which, null, 1));
        Assert.Equal([Wrong, Wrong], After(record, which, True, 3));

        // Corrections that were stored before there were numbers mean all of them.
        Assert.Equal([True, True], After(record, which, True, null));
        Assert.Empty(After(record, which, null, null));
    }

    [Theory]
    [InlineData(MistakenRecord.Withdrawal)]
    [InlineData(MistakenRecord.Move)]
    [InlineData(MistakenRecord.Ceasing)]
    public void The_end_of_a_case_is_counted_on_its_true_day(MistakenRecord record)
    {
        Assert.Equal([True], Ended(record, Wrong));
        Assert.Equal([Wrong], Ended(record, True));

        // An end that did not happen is not counted; the day on which the council became aware of a move is not the day of the move.
        Assert.Empty(Ended(record, Wrong, null));
        Assert.Equal([record == MistakenRecord.Move ? Wrong : True], Ended(record, Wrong, True, "aware"));
    }

    private static List<DateOnly> Ended(MistakenRecord record, DateOnly wasOn) => Ended(record, wasOn, True);

    private static List<DateOnly> Ended(MistakenRecord record, DateOnly wasOn, DateOnly? on, string? which = null)
    {
        AssessmentEvent ended = record switch
        {
            MistakenRecord.Withdrawal => new RequestWithdrawn(Wrong, "We manage."),
            MistakenRecord.Move => new MovedToAnotherCouncil(Cases.Council, Wrong, Wrong),
            _ => new PlanCeased(Wrong, CeasingReason.HigherEducation),
        };
        return [.. CorrectedEvents.Of(Recorded(ended, new RecordCorrected(record, wasOn, "A slip.", on, which))).Select(what => what switch
        {
            RequestWithdrawn withdrawn => withdrawn.On,
            MovedToAnotherCouncil moved => moved.MovedOn,
            _ => ((PlanCeased)what).On,
        })];
    }

    private static IEnumerable<RecordedEvent> Recorded(params AssessmentEvent[] happened) =>
        happened.Select((what, n) => new RecordedEvent { Sequence = n + 1, At = default, By = Cases.Officer, What = what });

    private static List<DateOnly> After(MistakenRecord record, string which, DateOnly? on, int? number)
    {
        AssessmentEvent noted = record switch
        {
            MistakenRecord.Appeal => new AppealNoted(AppealStep.Dismissed, Wrong),
            MistakenRecord.Mediation => new MediationNoted(MediationStep.Agreed, Wrong, Remedy.AmendContents),
            _ => new ActRecorded(new RecordedAct(Act.RemedyCarriedOut, Wrong, "Done.", Remedy.ContinuePlan)),
        };
        AssessmentEvent[] happened = [noted, new ReviewInvitationsSent(1, Wrong), noted, new RecordCorrected(record, Wrong, "A slip.", on, which, number)];
        return
        [
            .. CorrectedEvents.Of(Recorded(happened)).Select(what => what switch
            {
                AppealNoted appeal => appeal.On,
                MediationNoted mediation => mediation.On,
                ActRecorded act => act.Done.On,
                _ => (DateOnly?)null,
            }).OfType<DateOnly>(),
        ];
    }
}
