using System.Text;
using IntegrationHub.Contracts.Advice;
using IntegrationHub.Contracts.Plans;
using IntegrationHub.Orchestrations.Assessments;

namespace IntegrationHub.Functions.Moves;

/// <summary>The steps that open a case for a transferred plan at the council that takes it over.</summary>
internal static class PlanOnArrival
{
    /// <summary>
    /// Opens the case. Agreements with the other council (for example to be served by e-mail) and the family's old address are not copied.
    /// </summary>
    /// <param name="package">The package.</param>
    /// <param name="sha256">SHA-256 hash of the package.</param>
    /// <param name="receiver">The council that takes the plan over. The people to whom the other council had restricted the case are not
    /// copied, because their ids mean nothing here and may belong to somebody else.</param>
    /// <param name="earlier">An officer's decision about an earlier case.</param>
    internal static OpenAssessment Opening(ReceivedPackage package, string sha256, PackageReceiver receiver, EarlierCaseDecision? earlier)
    {
        var (state, facts) = (package.State, package.State.Facts!);
        var reviewed = LastReviewed(state);
        return new OpenAssessment(facts with
        {
            Child = facts.Child with { Postcode = null },
            Family = facts.Family with { ElectronicServiceAgreedOn = null, PostalAddress = null },
            Icb = receiver.Icb,
            EarlierCase = earlier,
            Advisers = [],
            TakenOver = new TakenPlan
            {
                IssuedOn = state.FinalPlanSentOn!.Value,
                FromCouncil = package.Manifest.From,
                TransferredOn = receiver.TransferredOn,
                LastReviewedOn = reviewed,
                NeverReviewed = reviewed is null && state.TakenOver is null,
                Placement = state.Placement,
                Source = $"The package of council {package.Manifest.From} on its case {package.Manifest.Case}, SHA-256 {sha256}",
            },
        }, RestrictedTo: receiver.Officers is { Count: > 0 } named ? named : null);
    }

    /// <summary>Enters the lines of the plan in force, word for word.</summary>
    internal static EnterPlanText Text(ReceivedPackage package)
    {
        var lines = package.Plan.Sections.Where(section => section.Letter is not (PlanSectionLetter.I or PlanSectionLetter.K)).SelectMany(section => section.Lines, (section, line) => (section.Letter, line)).ToList();
        return new EnterPlanText(
            [
                .. lines.Select(one => new PlanTextLine(
                    IdOf(one.line.Id), one.Letter, one.line.Text, one.line.Who, one.line.HowOften, one.line.HowLong, [.. one.line.Answers.Select(IdOf)], one.line.PreparesForAdulthood)),
            ],
            [.. package.Plan.Section(PlanSectionLetter.K).Lines.Select(line => line.Text)],
            FormattableString.Invariant($"Version {package.Plan.Version} of the plan in the package of council {package.Manifest.From}."));
    }

    /// <summary>
    /// The people around the child, so that this council notifies each parent too, and the facts about the child. A supporter is not
    /// copied, because the family gave its consent to the other council; a note asks the officer to ask the family.
    /// </summary>
    internal static IEnumerable<(string Message, AssessmentInput Step)> PeopleAndFacts(ReceivedPackage package, DateOnly transferredOn)
    {
        foreach (var person in package.State.People.Where(person => person.Role != PersonRole.Supporter))
        {
            yield return ($"move-person-{person.Id}", new RecordPerson(person with { ElectronicServiceAgreedOn = null, ConsentOn = null, NamedBy = null }));
        }

        if (package.State.People.Any(person => person.Role == PersonRole.Supporter))
        {
            yield return ("move-supporters", new RecordNote(
                "move-supporters", CaseNoteKind.Note, transferredOn,
                "At its previous council the family had named a supporter. Ask the family whether they want a supporter here; the package (case.json) says who the previous supporter was."));
        }

        if (package.State.ChildFacts is { } known)
        {
            var noNumber = known.Uln is null && package.Manifest.Child.Upn is null ? known.NoNumber : null;
            var step = new RecordChildFacts(known.Sex, known.Ethnicity, known.Uln, noNumber, known.LookedAfter, Needs: known.Needs.Count > 0 ? known.Needs : null);
            if (step != new RecordChildFacts())
            {
                yield return ("move-child", step);
            }
        }
    }

    /// <summary>
    /// The id that a line of the plan has in the step that adds it. A slash is replaced, because in a plan's ids a slash separates the
    /// advice from the line. The id of the advice and the id of the line can each have the maximum length of an id, so if the combined id
    /// is too long, it is shortened and ends with a hash of the whole id.
    /// </summary>
    private static string IdOf(string line)
    {
        var id = new StringBuilder(line.Length);
        foreach (var letter in line)
        {
            id.Append(char.IsAsciiLetterOrDigit(letter) || letter is '-' or '.' or '_' ? letter : '.');
        }

        return id.Length <= AdviceFaults.MaxIdLength
            ? id.ToString()
            : $"{id.ToString(0, AdviceFaults.MaxIdLength - 17)}.{PlanJson.ContentHash(Encoding.UTF8.GetBytes(line))[..16]}";
    }

    private static DateOnly? LastReviewed(AssessmentState state)
    {
        var last = state.TakenOver?.Plan.LastReviewedOn;
        foreach (var day in state.Reviews.Select(review => Reviews.NotifiedOn(state, review)).Concat(state.Acts.Where(act => act.Act == Orchestrations.StatutoryClock.Act.ReviewDecided).Select(act => (DateOnly?)act.On)))
        {
            last = last is null || day > last ? day ?? last : last;
        }

        return last;
    }
}
