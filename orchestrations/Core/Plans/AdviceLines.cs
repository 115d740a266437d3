using IntegrationHub.Contracts.Advice;
using IntegrationHub.Contracts.Plans;

namespace IntegrationHub.Orchestrations.Plans;

/// <summary>Puts the lines of one piece of advice into the sections of the plan.</summary>
internal static class AdviceLines
{
    /// <summary>Why a passage of advice from a re-assessment is not put into the plan automatically.</summary>
    internal const string OfReassessment = "This advice comes from a re-assessment, so an officer puts into the plan only the parts that change it.";

    internal static void Add(PlanSheet sheet, PlanSource source, bool adult)
    {
        var content = source.Content;
        var from = PlanAssembly.Of(source);
        if (source.IsFromReassessment)
        {
            Offer(sheet, source, adult);
            AddToSectionK(sheet, source, from);
            return;
        }

        var needs = new Dictionary<string, string>(StringComparer.Ordinal);
        var outcomes = new Dictionary<string, string>(StringComparer.Ordinal);

        foreach (var view in content.Views)
        {
            Place(sheet, PlanSectionLetter.A, Line(sheet, source, from, view.Id, view.Text));
        }

        foreach (var need in content.Needs)
        {
            var line = Line(sheet, source, from, need.Id, need.Text);
            needs.TryAdd(need.Id, line.Id);
            Place(sheet, AdvicePlaces.Of(need.Area), line);
        }

        foreach (var outcome in content.Outcomes)
        {
            var line = new PlanLine { Id = Claim(sheet, source, outcome.Id), Text = outcome.Text, From = from, Answers = Linked(outcome.Needs, needs) };
            outcomes.TryAdd(outcome.Id, line.Id);
            Place(sheet, PlanSectionLetter.E, line);
        }

        foreach (var provision in content.Provision)
        {
            // Section H1 is for people under 18 (CFA 2014 s37(2)(e)). On the eighteenth birthday, provision that the author found to be
            // required is moved to H2 as adult social care provision, with the reason.
            var tooOld = adult && provision.Kind == ProvisionKind.SocialCareSection2;
            var line = new PlanLine
            {
                Id = Claim(sheet, source, provision.Id),
                Text = provision.Text,
                From = from,
                Who = Said(provision.Who),
                HowOften = Said(provision.HowOften),
                HowLong = Said(provision.HowLong),
                PreparesForAdulthood = provision.PreparesForAdulthood || source.Kind == AdviceKind.PreparationForAdulthood,
                Answers = Linked(provision.Outcomes, outcomes),
                Note = tooOld ? PlanAssembly.MovedFromH1Note : null,
            };
            Place(sheet, tooOld ? PlanSectionLetter.H2 : AdvicePlaces.Of(provision.Kind), line);
        }

        AddToSectionK(sheet, source, from);
    }

    /// <summary>Lists where in the plan the passages of the advice belong, for the officers who decide which of them change the
    /// plan.</summary>
    private static void Offer(PlanSheet sheet, PlanSource source, bool adult)
    {
        var content = source.Content;
        void LeaveOut(PlanSectionLetter letter, string id, string text) =>
            sheet.LeaveOut(new LeftOutLine(sheet.Claim($"{source.AdviceId}/{id}"), OfReassessment) { Section = letter, Text = Said(text), Source = source.AdviceId });

        foreach (var view in content.Views)
        {
            LeaveOut(PlanSectionLetter.A, view.Id, view.Text);
        }

        foreach (var need in content.Needs)
        {
            LeaveOut(AdvicePlaces.Of(need.Area), need.Id, need.Text);
        }

        foreach (var outcome in content.Outcomes)
        {
            LeaveOut(PlanSectionLetter.E, outcome.Id, outcome.Text);
        }

        foreach (var provision in content.Provision)
        {
            var tooOld = adult && provision.Kind == ProvisionKind.SocialCareSection2;
            LeaveOut(tooOld ? PlanSectionLetter.H2 : AdvicePlaces.Of(provision.Kind), provision.Id, provision.Text);
        }
    }

    /// <summary>Adds the advice (the source) to section K of the plan, because reg 12(4) requires all advice and information obtained to
    /// accompany the plan, whether or not a line of it was used.</summary>
    private static void AddToSectionK(PlanSheet sheet, PlanSource source, LineProvenance from)
    {
        sheet.Add(PlanSectionLetter.K, new PlanLine
        {
            Id = sheet.Claim(source.AdviceId),
            Text = $"{NameOf(source.Kind)}, {source.LegalBasis}",
            From = from,
        });
        foreach (var attachment in source.Content.Attachments)
        {
            sheet.Add(PlanSectionLetter.K, new PlanLine
            {
                Id = sheet.Claim($"{source.AdviceId}/document-{attachment.Sha256}"),
                Text = attachment.FileName,
                From = from,
                Attachment = attachment,
            });
        }
    }

    private static void Place(PlanSheet sheet, PlanSectionLetter letter, PlanLine line)
    {
        if (string.IsNullOrWhiteSpace(line.Text))
        {
            sheet.LeaveOut(new LeftOutLine(line.Id, "The author left the line empty.") { Section = letter, Source = line.From.Source });
            return;
        }

        sheet.Add(letter, line);
    }

    private static PlanLine Line(PlanSheet sheet, PlanSource source, LineProvenance from, string id, string text) =>
        new() { Id = Claim(sheet, source, id), Text = text, From = from };

    private static string Claim(PlanSheet sheet, PlanSource source, string id) => sheet.Claim($"{source.AdviceId}/{id}");

    /// <summary>Converts an author's own ids to the plan's ids. An id that belongs to no line is left out, and the checks of the plan
    /// report the missing link.</summary>
    private static List<string> Linked(IReadOnlyList<string> ids, Dictionary<string, string> lines)
    {
        var linked = new List<string>(ids.Count);
        for (var n = 0; n < ids.Count; n++)
        {
            if (lines.TryGetValue(ids[n], out var line) && !linked.Contains(line))
            {
                linked.Add(line);
            }
        }

        return linked;
    }

    private static string? Said(string? text) => string.IsNullOrWhiteSpace(text) ? null : text;

    private static string NameOf(AdviceKind kind) => kind switch
    {
        AdviceKind.FamilyViews => "Views and information of the family",
        AdviceKind.Educational => "Educational advice",
        AdviceKind.Medical => "Medical advice",
        AdviceKind.Psychological => "Psychological advice",
        AdviceKind.SocialCare => "Social care advice",
        AdviceKind.PreparationForAdulthood => "Advice on preparation for adulthood and independent living",
        _ => "Other advice",
    };
}
