using System.Text;
using IntegrationHub.Contracts.Parties;
using IntegrationHub.Contracts.Plans;
using IntegrationHub.Orchestrations.Assessments;

namespace IntegrationHub.Functions.Moves;

/// <summary>The steps by which a plan that was handed on becomes a case of the council that takes it over.</summary>
internal static class PlanOnArrival
{
    /// <summary>
    /// Opens the case. What the family agreed with the other council (to be served by e-mail, say) was agreed with that council, and their address is
    /// the one that they have left.
    /// </summary>
    internal static OpenAssessment Opening(ReceivedPackage package, string sha256, Agency icb, DateOnly transferredOn)
    {
        var (state, facts) = (package.State, package.State.Facts!);
        var reviewed = LastReviewed(state);
        return new OpenAssessment(facts with
        {
            Child = facts.Child with { Postcode = null },
            Family = facts.Family with { ElectronicServiceAgreedOn = null, PostalAddress = null },
            Icb = icb,
            EarlierCase = null,
            Advisers = [],
            TakenOver = new TakenPlan
            {
                IssuedOn = state.FinalPlanSentOn!.Value,
                FromCouncil = package.Manifest.From,
                TransferredOn = transferredOn,
                LastReviewedOn = reviewed,
                NeverReviewed = reviewed is null && state.TakenOver is null,
                Placement = state.Placement,
                Source = $"The package of council {package.Manifest.From} on its case {package.Manifest.Case}, SHA-256 {sha256}",
            },
        });
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

    /// <summary>The name of a line in a step: no slash, which separates advice and line in a plan.</summary>
    private static string IdOf(string line)
    {
        var id = new StringBuilder(line.Length);
        foreach (var letter in line)
        {
            id.Append(char.IsAsciiLetterOrDigit(letter) || letter is '-' or '.' or '_' ? letter : '.');
        }

        return id.ToString();
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
