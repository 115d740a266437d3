using System.Globalization;
using IntegrationHub.Contracts.Plans;

namespace IntegrationHub.Orchestrations.Plans;

/// <summary>Assembles a plan from advice, edits and decisions. SEND Regs 2014 reg 12; Code 9.61 to 9.69.</summary>
public static class PlanAssembly
{
    /// <summary>Why provision under s2 of the 1970 Act is in H2 once the person is 18.</summary>
    public const string MovedFromH1Note = "Moved from H1: section H1 is only for a person under 18 (CFA 2014 s37(2)(e)).";

    /// <summary>
    /// Assembles the plan. Every line of every source is in a section, or in <see cref="PlanDocument.LeftOut"/> with a reason. Every edit
    /// either takes effect or is listed with the lines left out. The order of <see cref="PlanInput.Sources"/> does not matter. The content
    /// of advice never causes an exception.
    /// </summary>
    public static PlanDocument Assemble(PlanInput input)
    {
        var sheet = new PlanSheet();
        var adult = AgeOn(input.Child.DateOfBirth, input.PreparedOn) >= 18;
        foreach (var source in input.Sources
                     .OrderBy(s => s.Kind).ThenBy(s => s.ReceivedOn).ThenBy(s => s.AdviceId, StringComparer.Ordinal))
        {
            AdviceLines.Add(sheet, source, adult);
        }

        AddAppendices(sheet, input);
        AddPersonalBudget(sheet, input);
        PlanEditing.Apply(sheet, input, adult);
        AddPlacement(sheet, input);
        sheet.DropBrokenLinks();

        return new PlanDocument
        {
            Assessment = input.Assessment,
            Kind = input.Kind,
            Version = input.Version,
            PreparedOn = input.PreparedOn,
            PreparedBy = input.PreparedBy,
            Child = input.Child,
            Sections = sheet.Sections,
            LeftOut = sheet.LeftOut,
        };
    }

    /// <summary>Age in whole years. Someone born on 29 February becomes a year older on 1 March in a year that is not a leap year.</summary>
    public static int AgeOn(DateOnly born, DateOnly day) =>
        day.Year - born.Year - ((day.Month, day.Day).CompareTo((born.Month, born.Day)) < 0 ? 1 : 0);

    // Advice that was obtained elsewhere stays listed when the plan is amended here (reg 12(4)).
    private static void AddAppendices(PlanSheet sheet, PlanInput input)
    {
        for (var n = 0; n < input.Appendices?.Texts.Count; n++)
        {
            var id = FormattableString.Invariant($"appendix-{n + 1}");
            sheet.Add(PlanSectionLetter.K, new PlanLine
            {
                Id = sheet.Claim(id),
                Text = input.Appendices.Texts[n],
                From = new LineProvenance { Source = id, Author = "The plan as it was issued", AuthorRole = "Appendix", WrittenOn = input.Appendices.IssuedOn },
            });
        }
    }

    private static void AddPersonalBudget(PlanSheet sheet, PlanInput input)
    {
        if (input.PersonalBudget is not { } budget)
        {
            return;
        }

        // If no budget was agreed, no amount is shown, because a figure in section J reads like a promise.
        var amount = budget is { Agreed: true, AnnualAmountPounds: { } pounds }
            ? string.Create(CultureInfo.InvariantCulture, $" £{pounds:#,##0.00} a year.")
            : "";
        var form = budget.Form switch
        {
            PersonalBudgetForm.DirectPayment => "paid to the family as a direct payment",
            PersonalBudgetForm.Notional => "held by the council or the school (notional)",
            PersonalBudgetForm.ThirdParty => "held by a third party",
            _ => "held in more than one way",
        };
        sheet.Add(PlanSectionLetter.J, new PlanLine
        {
            Id = sheet.Claim("personal-budget"),
            Text = budget.Agreed ? $"Personal budget agreed, {form}.{amount} {budget.Text}" : $"No personal budget was agreed. {budget.Text}",
            From = OfCouncil("personal-budget", budget.By, budget.On),
            Answers = budget.Outcomes,
        });
    }

    private static void AddPlacement(PlanSheet sheet, PlanInput input)
    {
        // CFA 2014 s38(5): the draft must not name an institution or a type.
        if (input.Kind == PlanKind.Draft || input.Placement is not { } placement)
        {
            return;
        }

        sheet.Add(PlanSectionLetter.I, new PlanLine
        {
            Id = sheet.Claim("placement"),
            Text = (placement.From is { } from ? $"From {from.ToString("d MMMM yyyy", CultureInfo.InvariantCulture)}: " : "") + (string.IsNullOrWhiteSpace(placement.InstitutionName)
                ? $"Type of institution: {placement.Type}"
                : $"{placement.InstitutionName}{(placement.Institution is { } id ? $" ({id.Scheme.ToString().ToUpperInvariant()} {id.Code})" : "")}. Type of institution: {placement.Type}"),
            From = OfCouncil("placement", placement.By ?? input.PreparedBy, placement.On ?? input.PreparedOn),
        });
    }

    internal static LineProvenance OfCouncil(string source, string author, DateOnly on) => new()
    {
        Source = source,
        Author = author,
        AuthorRole = "Case officer of the council",
        WrittenOn = on,
    };

    /// <summary>The source (provenance) that all lines of one piece of advice share.</summary>
    internal static LineProvenance Of(PlanSource source) => new()
    {
        Source = source.AdviceId,
        Kind = source.Kind,
        Author = source.Content.Author,
        AuthorRole = source.Content.AuthorRole,
        Agency = source.Agency,
        AgencyName = source.AgencyName,
        Request = source.RequestId,
        LegalBasis = source.LegalBasis,
        WrittenOn = source.Content.WrittenOn,
        ReceivedOn = source.ReceivedOn,
    };
}
