using static IntegrationHub.Orchestrations.Assessments.TimelineWords;

namespace IntegrationHub.Orchestrations.Assessments;

/// <summary>
/// Correct a record of something that happened on another day, or not at all. Nothing is erased, and limits run from the true days.
/// </summary>
/// <param name="Record">The kind of record that was a mistake.</param>
/// <param name="WasOn">The recorded day.</param>
/// <param name="Reason">Why the record is corrected.</param>
/// <param name="On">The true day, or null if the event did not happen.</param>
/// <param name="Which">The notice, request, institution, step, act or day, or null if there is only one.</param>
/// <param name="Number">Which of several records of that day; 1 is the earliest recorded.</param>
public sealed record CorrectRecord(MistakenRecord Record, DateOnly WasOn, string Reason, DateOnly? On = null, string? Which = null, int? Number = null)
    : AssessmentInput, IStep<CorrectRecord>
{
    public static StepDefinition<CorrectRecord> Definition { get; } = new("correct-record", "Correct a record that was a mistake")
    {
        Corrects = true,
        Senders = [ActorRole.CouncilOfficer],
        Law = "UK GDPR art 5(1)(d)",
        Example = """
            { "record": "appeal", "wasOn": "2027-01-11", "reason": "The order was sent out on the Friday before.", "on": "2027-01-08", "which": "ordered" }
            """,
        Days = x =>
        [
            x.Planned("WasOn", "The recorded day", i => i.WasOn),
            x.Planned(
                "On", "The true day", i => i.On,
                [(s, i) => i.Record switch
                {
                    MistakenRecord.Detention => DetentionCorrections.NotBefore(s, i),
                    MistakenRecord.SchoolPlace => DatedFacts.Birth(s),
                    _ => EndCorrections.NotBefore(s, i.Record),
                },
                (s, i) => i.Record is MistakenRecord.NoticeSent ? DatedFacts.Reason(s, s.Notices.FirstOrDefault(n => n.Id == i.Which)) : i.Record is MistakenRecord.Review ? DatedFacts.ReviewBeforeLast(s) : default],
                [(s, i) => i.Record switch
                {
                    MistakenRecord.Detention => DetentionCorrections.NotAfter(s, i),
                    MistakenRecord.SchoolPlace => PlaceCorrections.NotAfter(s, i),
                    _ => EndCorrections.NotAfter(s, i.Record),
                }]),
        ],
    };

    internal RecordCorrected ToFact() => new(Record, WasOn, Reason, On, Which, Number);

    internal override void Decide(Deciding d)
    {
        var corrected = ToFact();
        var before = d.State;
        var severalAlike = !ReferenceEquals(RecordCorrections.After(d.State, corrected with { Number = 2 }), d.State);
        if (InputChecks.Text(d, Reason, "Why the record is corrected")
            && d.Require(Record != MistakenRecord.Move || Which is null or RecordCorrected.Aware, "which-unclear", "For a move, `which` is `aware` (the day on which the council became aware), or is left out.")
            && d.Require(
                Record != MistakenRecord.Move || Which is null || d.State.Stage != Stage.Moved, "day-not-used", "After a move that ended the assessment, no time limit depends on the day on which the council became aware. Record the true day in a note (record-note).")
            && d.Require(On is not null || RecordCorrections.CanBeUntrue(Record, Which), "day-missing", "Give the day on which this happened, because later steps of the case depend on it.")
            && d.Require(!(On > d.Today) || RecordCorrections.CanBeAhead(d.State, Record, Which), "day-in-future", "The true day must not be in the future.")
            && d.Require(On != WasOn, "nothing-changed", "This day is already recorded.")
            && d.Require(Record != MistakenRecord.Detention || DetentionCorrections.IsKnown(Which), "which-unclear", "Say in `which` the day of the detention that was wrong: start, aware, move or release.")
            && RecordedInError.IsPossible(d, this)
            && d.Require(!ReferenceEquals(RecordCorrections.After(d.State, corrected), d.State), "no-such-record", "There is no record of this kind on that day.")
            && d.Require(Number is not null || !severalAlike, "several-such-records", "There are several records of this kind on that day. Give `number` to say which; 1 is the earliest recorded.")
            && d.Require(Number is null || severalAlike, "only-one-record", "There is only one record of this kind on that day. Leave out `number`.")
            && (Record != MistakenRecord.Ceasing || On is null || EndCorrections.MayHaveCeased(d, On.Value))
            && (Record != MistakenRecord.Detention || On is null || DetentionCorrections.IsYoungEnough(d, this))
            && (Record != MistakenRecord.SchoolPlace || PlaceCorrections.IsFree(d, this)))
        {
            d.Happened(corrected);
            if (On is null && Record is MistakenRecord.Appeal or MistakenRecord.Mediation)
            {
                d.AskAttention($"untrue-{Which}", "A step of the dispute was recorded by mistake and is now disregarded. Check what was done because of that record.");
            }

            FollowUp(d, before);
        }
    }

    // What was missed, sent or asked for because of the wrong day.
    private void FollowUp(Deciding d, AssessmentState before)
    {
        if (On is null)
        {
            RecordedInError.FollowUp(d, this, before);
            return;
        }

        if (EndCorrections.WithoutEnd(before, this) is { } asIfOpen)
        {
            EndedLate.Record(d, asIfOpen, On.Value);
        }

        if (Record == MistakenRecord.Detention && DetentionCorrections.At(before, this) is { } at)
        {
            DetentionCorrections.AskAgain(d, this, at);
            WrongDaySent.Ask(d, this, DetentionCorrections.LettersWith(before, Which, at));
        }
        else if (Record is MistakenRecord.Withdrawal or MistakenRecord.Move or MistakenRecord.Ceasing)
        {
            WrongDaySent.Ask(d, this, Record == MistakenRecord.Move && Which is null && EndCorrections.IsOfMove(before, WasOn) ? [.. before.Notices.Where(n => n.Kind == NoticeKind.IcbChanged)] : []);
        }
    }
}

/// <summary>A later record corrected an earlier record; both are stored.</summary>
/// <param name="Record">The kind of record that was corrected.</param>
/// <param name="WasOn">The day that was recorded.</param>
/// <param name="Reason">Why the record was corrected.</param>
/// <param name="On">The true day, or null if the event did not happen.</param>
/// <param name="Which">The notice, request, institution, step or act.</param>
/// <param name="Number">Which of several such records of that day is meant; 1 is the earliest recorded, and null means all, as in
/// corrections made before records had numbers.</param>
public sealed record RecordCorrected(MistakenRecord Record, DateOnly WasOn, string Reason, DateOnly? On = null, string? Which = null, int? Number = null) : AssessmentEvent, IFact
{
    /// <summary>For a move: the day on which the council became aware of it.</summary>
    public const string Aware = "aware";

    public static FactDefinition Definition { get; } = new("recordCorrected", "A record was a mistake: the event was on another day, or did not happen.")
    {
        Told = Audience.Council | Audience.Operations,
    };

    public override AssessmentState Apply(AssessmentState state) => RecordCorrections.After(state, this);

    public override string Describe(TimelineContext context) => context.IsForOperations ? "A record was corrected."
        : On is { } on ? $"A record was corrected: {RecordCorrections.Named(Record, Which, Number)} was on {Day(on)}, not on {Day(WasOn)}."
        : $"A record was corrected: {RecordCorrections.Untrue(Record, Which, WasOn, Number)}.";

    public override string? Note() => Reason;

    // Whoever was told the wrong day is told the true day, and a detention is told to nobody else.
    public override Audience? OnlyTold() => Record switch
    {
        MistakenRecord.Withdrawal or MistakenRecord.Ceasing or MistakenRecord.Move => Audience.Council | Audience.Family | Audience.Operations,
        MistakenRecord.Detention => Audience.Council | Audience.Family,
        MistakenRecord.SchoolPlace => Audience.Council,
        _ when RecordCorrections.IsTransfer(Record, Which) => Audience.Council | Audience.Family | Audience.Operations,
        _ => null,
    };

    /// <summary>The positions of the records that the correction means: the record with its number, or all matching records if no number is
    /// given.</summary>
    /// <param name="alike">The positions of the matching records, in the order in which they were recorded.</param>
    public IReadOnlySet<int> Named(IEnumerable<int> alike) => Number is { } number ? alike.Skip(number - 1).Take(number < 1 ? 0 : 1).ToHashSet() : alike.ToHashSet();
}
