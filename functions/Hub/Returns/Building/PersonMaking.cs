using System.Globalization;
using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Orchestrations.Assessments;
using IntegrationHub.Orchestrations.StatutoryClock;

namespace IntegrationHub.Functions.Returns.Building;

/// <summary>One case with its history.</summary>
internal sealed record ReturnCase(AssessmentState State, CaseHistory History);

/// <summary>A person in a return, and details that are known but for which the return has no field.</summary>
/// <param name="Item">The person's entry in the return.</param>
/// <param name="LeftOut">Details that are known but not reported.</param>
internal sealed record MadePerson(Sen2Item Item, IReadOnlyList<Sen2Finding> LeftOut);

/// <summary>
/// Uses a child's cases to make that person's entry in a return. A detail that is not known is left out, and the rules then report the
/// detail as missing.
/// </summary>
internal sealed class PersonMaking(Sen2Layout layout, ReturnPeriod period)
{
    private readonly HashSet<string> outsideSchools = [.. (layout.Rules?.GetValueOrDefault("outsideSchools")?.Value ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries)];

    internal MadePerson Make(IReadOnlyList<ReturnCase> cases, int number)
    {
        // The newest case contains the child's latest details. A detail that is known only from an earlier case is used too.
        var child = cases[^1].State.Facts!.Child;
        var (upn, uln) = (Newest(cases, one => one.Facts!.Child.Upn?.Value), Newest(cases, one => one.ChildFacts?.Uln?.Value));
        var leftOut = new List<Sen2Finding>();
        var person = new Sen2Item(layout.Block("Person"), FormattableString.Invariant($"Person {number}"));
        Set(person, "Surname", child.FamilyName);
        Set(person, "Forename", child.GivenName);
        Set(person, "PersonBirthDate", child.DateOfBirth);
        Set(person, "Sex", Newest(cases, one => one.ChildFacts?.Sex switch { Sex.Female => "F", Sex.Male => "M", _ => null }));
        Set(person, "Ethnicity", Newest(cases, one => one.ChildFacts?.Ethnicity));
        Set(person, "PostCode", child.Postcode);
        Set(person, "UPN", upn);
        Set(person, "UniqueLearnerNumber", uln);
        Set(person, "UPNunknown", (upn ?? uln) is null ? Newest(cases, one => Code(one.ChildFacts?.NoNumber)) : null);
        foreach (var one in cases)
        {
            Request(Under(person, "Requests"), one, leftOut);
        }

        return new(person, leftOut);
    }

    private static string? Newest(IReadOnlyList<ReturnCase> cases, Func<AssessmentState, string?> of) => cases.Reverse().Select(one => of(one.State)).FirstOrDefault(value => value is not null);

    private static void Set(Sen2Item item, string name, string? value)
    {
        if (!string.IsNullOrEmpty(value))
        {
            item.Values[name] = value;
        }
    }

    private static void Set(Sen2Item item, string name, DateOnly? day) => Set(item, name, day?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));

    private static void Set(Sen2Item item, string name, bool? flag) => Set(item, name, flag switch { true => "1", false => "0", _ => null });

    private static string? Code<T>(T? word)
        where T : struct, Enum => word?.ToString().ToUpperInvariant();

    private Sen2Item Under(Sen2Item parent, string block)
    {
        var kind = layout.Block(block);
        var item = new Sen2Item(kind, Sen2Xml.Place(parent.Place, kind, parent.All(block).Count()));
        parent.Children.Add(item);
        return item;
    }

    private void Request(Sen2Item request, ReturnCase one, List<Sen2Finding> leftOut)
    {
        var (state, history) = (one.State, one.History);
        var known = state.ChildFacts ?? new ChildFacts();
        Set(request, "ReceivedDate", state.Facts!.ReceivedOn);
        Set(request, "RequestSource", known.AskedBy is { } asked ? ((int)asked).ToString(CultureInfo.InvariantCulture) : state.Facts.Route switch
        {
            RequestRoute.Parent or RequestRoute.YoungPerson => "1",
            RequestRoute.School or RequestRoute.Post16Institution => "2",
            _ => null,
        });
        Set(request, "RYA", known.InYouthAccommodation is { } told ? told ? "1" : "0" : layout.Rule("youthAccommodation"));
        var earlier = state.EarlierReturn;
        Outcome(request, "Request", history.Request, earlier?.Request, isOld: state.TakenOver is not null);
        Set(request, "Exported", history.PassedTo?.Value);
        if (history.IsAssessed || history.Assessment.Outcome != FirstOutcome.Open || history.IssuedOn is not null)
        {
            Assessment(Under(request, "Assessment"), state, history);
        }

        if (ReturnPopulation.IsActive(history))
        {
            Active(Under(request, "ActivePlans"), state, leftOut);
        }
    }

    /// <summary>
    /// Sets an outcome together with its date. If a decision was made before the year of this return, its date is not reported. If the earlier
    /// system reported an outcome for the year of this return, the outcome is reported again.
    /// </summary>
    private void Outcome(Sen2Item item, string what, Decided decided, EarlierOutcome? earlier, bool isOld)
    {
        var before = layout.Rule("outcomeBefore");
        var (code, on) = decided switch
        {
            _ when isOld => earlier is { Code.Length: > 0 } said && (period.Holds(said.On) || said.Code == before || said.On is null) ? (said.Code, said.On) : (before, null),
            { On: { } day } when day < period.First => (before, null),
            { Outcome: FirstOutcome.Yes } => (layout.Rule("outcomeYes"), decided.On),
            { Outcome: FirstOutcome.No } => (layout.Rule("outcomeNo"), decided.On),
            { Outcome: FirstOutcome.Withdrawn } => (layout.Rule("outcomeWithdrawn"), null),
            _ => (layout.Rule("outcomeOpen"), (DateOnly?)null),
        };
        Set(item, $"{what}OutcomeDate", on);
        Set(item, $"{what}Outcome", code);
        Set(item, $"{what}Mediation", decided.Mediation || earlier?.Mediation == true);
        Set(item, $"{what}Tribunal", decided.Tribunal || earlier?.Tribunal == true);
    }

    private void Assessment(Sen2Item assessment, AssessmentState state, CaseHistory history)
    {
        var earlier = state.EarlierReturn;
        Outcome(assessment, "Assessment", history.Assessment, earlier?.Assessment, isOld: state.TakenOver is not null);
        Set(assessment, "OtherMediation", history.Other.Mediation || earlier?.OtherMediation == true);
        Set(assessment, "OtherTribunal", history.Other.Tribunal || earlier?.OtherTribunal == true);

        Set(assessment, "Week20", earlier?.Exception == true || HasException(state, history.IssuedOn));
        if (history.IssuedOn is { } issued)
        {
            Plan(Under(assessment, "NamedPlan"), state, issued, history);
        }
    }

    /// <summary>
    /// Whether an exception to the time limits of the assessment is recorded: either an exception that the council claimed or a missed
    /// appointment. An exception that began after the plan was issued does not count. Exceptions after an order of the Tribunal are in a
    /// separate list (reg 44(3)).
    /// </summary>
    private bool HasException(AssessmentState state, DateOnly? issued) =>
        state.Exceptions.Any(e => !e.TakenBack && e.ClaimedOn <= period.Last && !(e.From > issued)
            && e.Ground is not (Ground.OrderExceptionalCircumstances or Ground.OrderAbsentFromArea or Ground.OrderLateRepresentations))
        || state.Requests.Any(request => request.MissedAppointments.Any(day => day <= period.Last && !(day > issued)));

    private void Plan(Sen2Item plan, AssessmentState state, DateOnly issued, CaseHistory history)
    {
        var terms = state.PlanTerms ?? new PlanTerms();
        var isHere = state.TakenOver is null;
        var budget = terms.PersonalBudget ?? (PlanBudgets.IsRunning(state, period.Census) ? true : state.Budget?.Agreed) ?? (isHere ? false : null);
        Set(plan, "StartDate", issued);
        Set(plan, "PlanRes", terms.Residential);
        Set(plan, "PlanWBP", terms.WorkBased);
        Set(plan, "PB", budget);
        Set(plan, "OA", terms.OrganisedArrangement ?? (budget == false ? false : null));
        Set(plan, "DP", terms.DirectPayment);
        if (history.Ceased is { } end && end.On <= period.Last)
        {
            Set(plan, "CeaseDate", end.On);
            Set(plan, "CeaseReason", ((int)end.Reason).ToString(CultureInfo.InvariantCulture));
        }

        IReadOnlyList<SchoolPlace> named = terms.Named.Count > 0 ? terms.Named
            : history.Named is { } span ? [new SchoolPlace { Rank = 1, Institution = School(span.Place) }]
            : state.Placement is { } placement ? [new SchoolPlace { Rank = 1, Institution = School(placement.Institution?.Id) }]
            : [];
        foreach (var place in named.OrderBy(p => p.Rank))
        {
            Place(Under(plan, "PlanDetail"), place);
        }
    }

    private void Active(Sen2Item active, AssessmentState state, List<Sen2Finding> leftOut)
    {
        var (taken, earlier) = (state.TakenOver?.Plan, state.EarlierReturn);
        var review = state.Reviews.LastOrDefault(r => r.HeldOn <= period.Census);
        var decided = state.Reviews.LastOrDefault(r => Orchestrations.Assessments.Reviews.NotifiedOn(state, r) <= period.Census);
        Set(active, "TransferLA", taken?.TransferredOn >= period.First && taken.TransferredOn <= period.Census ? taken.FromCouncil?.Value : null);
        Set(active, "ReviewMeeting", review?.HeldOn ?? earlier?.ReviewMeeting);
        Set(active, "ReviewOutcome", review is null ? earlier?.ReviewOutcome : review.Decided is { } choice && review.DecidedOn <= period.Census ? layout.Rule($"review{choice}") : null);
        Set(active, "ReviewDraft", review is null ? earlier?.ReviewDraft : state.Amendments.FirstOrDefault(a => a.Review == review.Number && a.ProposedOn <= period.Census)?.ProposedOn);
        Set(active, "PhaseTransferDueDate", earlier?.PhaseTransferDue);
        Set(active, "PhaseTransferFinalDate", earlier?.PhaseTransferFinal);
        Set(active, "LastReview", decided is null ? taken?.LastReviewedOn : Orchestrations.Assessments.Reviews.NotifiedOn(state, decided));
        Places(active, state);
        var (needs, most) = (state.ChildFacts?.Needs ?? [], layout.Block("SENneed").Most);
        if (needs.Count > most)
        {
            leftOut.Add(new(active.Place, "SENneed", "needs-left-out", Sen2Severity.Doubt, FormattableString.Invariant(
                $"{needs.Count} needs are recorded, but the return can hold only {most}, so the first {most} are reported. Put the main needs first.")));
        }

        foreach (var (need, rank) in needs.Take(most).Select((need, n) => (need, n + 1)))
        {
            var item = Under(active, "SENneed");
            Set(item, "SENtype", Code<SenNeed>(need));
            Set(item, "SENtypeRank", rank.ToString(CultureInfo.InvariantCulture));
        }
    }

    private void Places(Sen2Item active, AssessmentState state)
    {
        var attended = state.SchoolPlaces.Where(p => p.From <= period.Census && !(p.To < period.First)).OrderBy(p => p.Place.Rank).ThenBy(p => p.From).ToList();
        foreach (var one in attended)
        {
            var item = Under(active, "PlacementDetail");
            Place(item, one.Place);
            Set(item, "EntryDate", one.From);
            Set(item, "LeavingDate", one.To <= period.Census ? one.To : null);
            Set(item, "Res", one.Residential);
            Set(item, "WBP", one.WorkBased);
        }

        // The school is known from the request, but the day on which the child entered it is not, so the error that is reported for the
        // missing day links to the form that asks for it.
        if (attended.Count == 0 && School(state.Facts!.Setting?.Id) is { } school)
        {
            Place(Under(active, "PlacementDetail"), new SchoolPlace { Rank = 1, Institution = school });
        }
    }

    private static AgencyId? School(AgencyId? id) => id is { Scheme: AgencyScheme.Urn or AgencyScheme.Ukprn } ? id : null;

    private void Place(Sen2Item item, SchoolPlace place)
    {
        Set(item, "URN", place.Institution is { Scheme: AgencyScheme.Urn } urn ? urn.Code : null);
        Set(item, "UKPRN", place.Institution is { Scheme: AgencyScheme.Ukprn } ukprn ? ukprn.Code : null);
        var setting = Code(place.Setting);
        bool? atNoSchool = setting is not null && outsideSchools.Contains(setting) ? false : null;
        Set(item, "SENSetting", setting);
        Set(item, "SENSettingOther", place.OtherSetting);
        Set(item, "PlacementRank", place.Rank.ToString(CultureInfo.InvariantCulture));
        Set(item, "SENunitIndicator", place.SenUnit ?? atNoSchool);
        Set(item, "ResourcedProvisionIndicator", place.ResourcedProvision ?? atNoSchool);
    }
}
