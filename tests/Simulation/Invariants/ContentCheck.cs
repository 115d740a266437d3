using IntegrationHub.Contracts.Advice;
using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Contracts.Plans;
using IntegrationHub.Orchestrations.Assessments;
using IntegrationHub.Simulation.Conduct;
using IntegrationHub.Simulation.Population;
using IntegrationHub.Simulation.Witness;

namespace IntegrationHub.Simulation.Invariants;

/// <summary>
/// Nobody's words are lost, and nobody's stand under another name. What each author sent is known from the world outside; what of it
/// counts on which day is worked out from the trail alone.
/// </summary>
/// <param name="ledger">What the world knows.</param>
/// <param name="entered">For a plan that another council handed on: its lines as they were there, by the names that they have here.</param>
/// <param name="verdict">What is found.</param>
internal sealed class ContentCheck(CaseLedger ledger, IReadOnlyDictionary<string, (PlanSectionLetter Section, PlanLine Line)> entered, Verdict verdict)
{
    // What a plan may rest on beside advice: the council's own decisions.
    private static readonly string[] OfCouncil = ["personal-budget", "placement"];

    private readonly Dictionary<string, (AgencyId? Agency, string? Name, AdviceKind Kind, bool Again)> requests = new(StringComparer.Ordinal);
    private readonly Dictionary<string, (AgencyId Agency, string Name, AdviceContent Content)> existing = new(StringComparer.Ordinal);
    private readonly Dictionary<string, ToldAdvice> advice = new(StringComparer.Ordinal);
    private readonly Dictionary<string, (string Id, string HowOften)> edits = new(StringComparer.Ordinal);
    private readonly Dictionary<string, (string Id, string HowOften)> pending = new(StringComparer.Ordinal);
    private DateOnly born = ledger.Person.Facts.Child.DateOfBirth;

    private AssessmentId Id => ledger.Person.Id;

    internal void Hear(RecordedEvent recorded)
    {
        switch (recorded.What)
        {
            case AssessmentOpened e: born = e.Facts.Child.DateOfBirth; break;
            case FactsCorrected e: born = e.Facts.Child.DateOfBirth; break;
            case AdviceRequested e: requests[e.Request.Id] = (e.Request.Agency?.Id, e.Request.Agency?.Name, e.Request.Kind, e.Request.Reassessment is not null); break;
            case ExistingAdviceProposed e: Proposed(e, recorded); break;
            case AdviceReceived e: Received(e.Advice, recorded); break;
            case AdviceReturned e: advice[e.AdviceId].IsOver = true; break;
            case AdviceCorrected e: advice[e.AdviceId].IsOver = true; break;
            case AdviceRetracted e: advice[e.AdviceId].IsOver = true; break;
            case PlanEdited { Edit: { LineId: { } line, HowOften: { } often } edit }: pending[edit.EditId] = (line, often); break;
            // What was proposed and is not done after all enters no later version.
            case DecidedAfterReview { Decision: ReviewChoice.Keep } or AmendmentEnded { Outcome: AmendmentOutcome.NotAmended }: pending.Clear(); break;
            case PlanPrepared e: Changed(); Prepared(e.Document); break;
        }
    }

    /// <summary>The case still holds every text, also those that no longer count.</summary>
    internal void Compare(AssessmentState state)
    {
        foreach (var told in advice.Values)
        {
            var kept = state.Advice.FirstOrDefault(a => a.Id == told.Id);
            verdict.Holds(Invariant.NoWordIsLost, kept is not null && Says(kept.Content, told.Content), Id, $"the case does not hold the words of {told.Id} as they were sent");
            verdict.Holds(
                Invariant.SourcesAreTrue,
                kept is not null && kept.Agency?.Id == told.Agency && kept.RequestId == told.Request && kept.Kind == told.Kind && kept.ReceivedOn == told.ReceivedOn,
                Id,
                $"the case says that {told.Id} came from somewhere else, or on another day");
            verdict.Holds(Invariant.SourcesAreTrue, kept is null || kept.Counts != told.IsOver, Id, $"the case is wrong about whether {told.Id} counts");
        }
    }

    private static bool Says(AdviceContent found, AdviceContent sent) =>
        found.WrittenOn == sent.WrittenOn && ToldAdvice.Words(found).SequenceEqual(ToldAdvice.Words(sent), StringComparer.Ordinal);

    /// <summary>What the sender of a message wrote, from the world outside.</summary>
    private AdviceContent? Sent(string? messageId) =>
        messageId is not null && ledger.InTrail(messageId) is { Letter: { } letter, Request: { } request } message
            ? Letters.Advice(ledger.Person, request, letter, message.Day)
            : null;

    private void Proposed(ExistingAdviceProposed e, RecordedEvent recorded)
    {
        var sent = Sent(recorded.MessageId);
        verdict.Holds(Invariant.NoWordIsLost, sent is not null && Says(e.Advice.Content, sent), Id, $"existing advice {e.Advice.Id} does not say what was sent");
        verdict.Holds(Invariant.SourcesAreTrue, recorded.By.Agency is not { } by || by == e.Advice.Agency.Id, Id, $"existing advice {e.Advice.Id} stands under another name than its sender's");
        existing[e.Advice.Id] = (e.Advice.Agency.Id, e.Advice.Agency.Name, sent ?? e.Advice.Content);
    }

    private void Received(Orchestrations.Advice.ReceivedAdvice received, RecordedEvent recorded)
    {
        ToldAdvice told;
        if (received.RequestId is { } request)
        {
            var (agency, name, kind, again) = requests[request];
            var sent = Sent(recorded.MessageId);
            verdict.Holds(Invariant.NoWordIsLost, sent is not null, Id, $"{received.Id} rests on a message in which nobody gave advice");
            verdict.Holds(Invariant.SourcesAreTrue, recorded.By.Agency == agency, Id, $"{received.Id} was given by another than the one asked");
            told = new ToldAdvice(received.Id, request, kind, agency, name, Calendar.Day(recorded.At), sent ?? received.Content) { Again = again };
        }
        else
        {
            var (agency, name, content) = existing[received.Id];
            told = new ToldAdvice(received.Id, null, AdviceKind.Other, agency, name, Calendar.Day(recorded.At), content);
        }

        verdict.Holds(Invariant.NoWordIsLost, Says(received.Content, told.Content), Id, $"{received.Id} does not say what was sent");
        verdict.Holds(
            Invariant.SourcesAreTrue, received.Agency?.Id == told.Agency && received.Kind == told.Kind && received.ReceivedOn == told.ReceivedOn, Id, $"{received.Id} says that it came from somewhere else");
        verdict.Holds(Invariant.SourcesAreTrue, advice.TryAdd(received.Id, told), Id, $"two pieces of advice are called {received.Id}");
    }

    private void Prepared(PlanDocument plan)
    {
        var adult = born.AddYears(18) <= plan.PreparedOn;
        var lines = plan.Sections.SelectMany(s => s.Lines.Select(l => (s.Letter, Line: l))).ToList();
        verdict.Holds(
            Invariant.SourcesAreTrue,
            plan.Child.FamilyName == ledger.Person.Facts.Child.FamilyName && plan.Child.GivenName == ledger.Person.Facts.Child.GivenName && plan.Child.DateOfBirth == born,
            Id,
            $"version {plan.Version} is about another child");
        foreach (var told in advice.Values.Where(a => !a.IsOver))
        {
            verdict.Holds(
                Invariant.NoWordIsLost,
                told.Again
                    ? told.Lines(adult).All(l => plan.LeftOut.Any(left => left.Source == told.Id && (left.Section, left.Id, left.Text) == (l.Section, l.Id, l.Text)))
                    : told.Lines(adult).Select(Edited).All(l => lines.Exists(p => (p.Letter, p.Line.Id, p.Line.Text, p.Line.Who, p.Line.HowOften, p.Line.HowLong) == l)),
                Id,
                $"version {plan.Version} lacks words of {told.Id}, or has them in another section");
            verdict.Holds(
                Invariant.NoWordIsLost, lines.Exists(p => p.Letter == PlanSectionLetter.K && p.Line.Id == told.Id), Id, $"section K of version {plan.Version} does not list {told.Id}");
        }

        foreach (var (name, (section, line)) in entered)
        {
            var expected = Edited((section, name, line.Text, line.Who, line.HowOften, line.HowLong));
            verdict.Holds(
                Invariant.NoWordIsLost,
                lines.Exists(p => (p.Letter, p.Line.Id, p.Line.Text, p.Line.Who, p.Line.HowOften, p.Line.HowLong) == expected || (section == PlanSectionLetter.H1 && adult && p.Line.Id == name)),
                Id,
                $"version {plan.Version} lacks words of {name}, which came with the plan");
        }

        foreach (var (letter, line) in lines)
        {
            verdict.Holds(
                Invariant.SourcesAreTrue,
                ledger.Person.From is not null ? entered.ContainsKey(line.Id) || letter is PlanSectionLetter.I or PlanSectionLetter.J or PlanSectionLetter.K : advice.TryGetValue(line.From.Source, out var told) ? !told.IsOver && Rests(letter, line, told, adult) : OfCouncil.Contains(line.From.Source, StringComparer.Ordinal) && IsOfCouncil(line.From),
                Id,
                $"version {plan.Version}, section {letter}: {line.Id} does not come from where it says, or must not be there");
        }

        verdict.Holds(Invariant.SourcesAreTrue, lines.DistinctBy(l => l.Line.Id).Count() == lines.Count, Id, $"version {plan.Version} has two lines of one id");
    }

    private void Changed()
    {
        foreach (var edit in pending.Values)
        {
            edits[edit.Id] = edit;
        }

        pending.Clear();
    }

    /// <summary>An author's line as an officer changed it since.</summary>
    private (PlanSectionLetter Section, string Id, string Text, string? Who, string? HowOften, string? HowLong) Edited(
        (PlanSectionLetter Section, string Id, string Text, string? Who, string? HowOften, string? HowLong) line) =>
        edits.TryGetValue(line.Id, out var edit) ? line with { HowOften = edit.HowOften } : line;

    private static bool Rests(PlanSectionLetter letter, PlanLine line, ToldAdvice told, bool adult)
    {
        var from = line.From;
        return from.Agency == told.Agency && from.AgencyName == told.AgencyName && from.Request == told.Request && from.Kind == told.Kind
            && from.Author == told.Content.Author && from.AuthorRole == told.Content.AuthorRole && from.WrittenOn == told.Content.WrittenOn && from.ReceivedOn == told.ReceivedOn
            && !string.IsNullOrEmpty(from.LegalBasis)
            && (letter == PlanSectionLetter.K ? line.Id == told.Id || line.Id.StartsWith($"{told.Id}/document-", StringComparison.Ordinal) : !told.Again && told.Lines(adult).Any(l => l.Section == letter && l.Id == line.Id && l.Text == line.Text));
    }

    private static bool IsOfCouncil(LineProvenance from) => from is { Agency: null, Kind: null, Request: null, Author.Length: > 0 };
}
