using System.Globalization;
using IntegrationHub.Orchestrations.Advice;
using IntegrationHub.Orchestrations.Assessments;
using IntegrationHub.Orchestrations.StatutoryClock;

namespace IntegrationHub.Orchestrations.Letters;

/// <summary>The facts in letters, as text. Facts that are not known are left out.</summary>
internal static class LetterFacts
{
    internal static Dictionary<string, string> Of(LetterSubject subject, AssessmentState state, Rules rules, LetterSending sending)
    {
        var told = new Dictionary<string, string>(StringComparer.Ordinal);
        void Add(string name, string? words)
        {
            if (!string.IsNullOrWhiteSpace(words))
            {
                told[name] = words;
            }
        }

        var facts = state.Facts!;
        var council = rules.Council;
        Add("councilName", council.Name);
        Add("councilContact", council.Contact ?? council.MediationContact);
        Add("reference", state.Id.Value);
        Add("letterDate", Day(sending.On));
        Add("childName", $"{facts.Child.GivenName} {facts.Child.FamilyName}".Trim());
        Add("childGivenName", facts.Child.GivenName);
        Add("receivedOn", Day(facts.ReceivedOn));
        Add("tribunal", LetterLaw.England2014.Tribunal);
        Add("mediationAdviser", council.MediationAdviser);
        Add("mediationContact", council.MediationContact);
        Add("disagreementResolution", council.DisagreementResolution);
        Add("informationAndAdvice", council.InformationAndAdvice);
        Add("schoolsInformation", council.SchoolsInformation ?? LetterLaw.England2014.SchoolsInformation);

        var notice = state.Notices.FirstOrDefault(n => n.Id == subject.About);
        foreach (var (name, words) in notice is null ? [] : PlanLetterFacts.Of(notice, state))
        {
            Add(name, words);
        }

        var limits = Limits.All(AsSent(subject, state, sending), rules);
        Add("decideBy", Day(Due("decideWhetherToAssess")));
        Add("finalPlanBy", Day(Due("finalPlan")));
        switch (subject.Kind)
        {
            case LetterKind.WillAssess or LetterKind.WillNotAssess when state.AssessDecision is { } made:
                Decision(made);
                break;
            case LetterKind.NoPlan when state.PlanDecision is { } made:
                Decision(made);
                break;
            case LetterKind.DraftPlan:
                Add("representationsLastDay", Day(Due("familyRepresentations")));
                break;
            case LetterKind.FinalPlan:
                Add("placement", state.Placement is { } named ? named.Institution?.Name ?? named.InstitutionType : null);
                Add("reasons", state.Placement?.Reasons);
                break;
            case LetterKind.ExceptionApplies when Exception(subject, state) is { } exception:
                Add("exceptionFrom", Day(exception.From));
                Add("exceptionTo", Day(exception.To));
                Add("whyException", Ground(exception.Ground, rules.LawOf(state)));
                Add("whyImpractical", exception.WhyImpractical);
                break;
            case LetterKind.AdviceRequest when state.Requests.FirstOrDefault(r => r.Id == subject.About) is { } request:
                Add("adviceAsked", Words.Of(request.Kind));
                Add("adviceDue", Day(request.Review is null ? Chasing.DueDay(request, request.ReceivedByBodyOn ?? sending.On, rules.LawOf(state), rules.Counting) : Chasing.DueDay(state, request, rules)));
                Add("reviewMeetingOn", Day(state.Reviews.FirstOrDefault(r => r.Number == request.Review)?.MeetingOn));
                Add("adviceLaw", AnswerDuties.SentenceFor(request));
                break;
            case LetterKind.InstitutionConsulted when Consulted(subject, notice, state) is { } consulted:
                Add("institution", consulted.Institution.Name);
                Add("consultationDue", Day(limits.FirstOrDefault(l => l.RuleKey == "institutionResponse" && l.Key.EndsWith(consulted.Institution.Id.Value, StringComparison.Ordinal))?.Due));
                break;
        }

        Add("asks", notice?.Asks);
        Add("askedDay", Day(notice?.Day));
        Add("meetingPlace", notice?.Place);
        if (subject.Kind is LetterKind.RightsAreYours or LetterKind.RightsPassedOn)
        {
            Add("rightsFrom", Day(RightsSwitch.DayOf(facts)));
        }

        if (subject.Kind == LetterKind.IcbChanged && rules.OrdinaryLawOf(state).From(StartEvent.IcbCannotArrange) is { } asks)
        {
            // The ICB may learn of the change only from this letter, so the ICB's time is counted from the day of sending.
            Add("icbRequestBy", Day(Clock.Due(asks, sending.On, rules.Counting)));
        }

        if (subject.Kind == LetterKind.PreferenceAsked && PhaseTransfers.Current(state) is { } transfer)
        {
            // The last day that reg 18 sets may have passed before there was a plan, or before the family was asked for its preference; then
            // the place must be named before the new phase begins.
            var due = limits.FirstOrDefault(l => l.Rule.Starts is StartEvent.PhaseTransferPost16 or StartEvent.PhaseTransferSchool or StartEvent.Post16Move)?.Due;
            Add("transferPlanBy", Day(due >= sending.On ? due : transfer.On.AddDays(-1)));
        }

        if (notice?.Kind.AsksForRepresentations() == true && subject.Kind != LetterKind.DraftPlan)
        {
            Add("representationsLastDay", Day(Due("reviewRepresentations")));
            Add("amendedPlanBy", Day(Due("amendedFinal")));
        }

        if (notice?.Kind.IsAppealable() == true)
        {
            Add("appealLastDay", Day(Due("appeal")));
            Add("mediationLastDay", Day(Due("contactMediationAdviser")));
        }

        return told;

        void Decision(MadeDecision made)
        {
            Add("decidedOn", Day(made.On));
            Add("reasons", made.Reasons);
        }

        DateOnly? Due(string rule) => limits.FirstOrDefault(l => l.RuleKey == rule)?.Due;
    }

    /// <summary>The case as it will be once this letter has been sent, so that the last days that the letter states follow from the legal
    /// rules alone.</summary>
    private static AssessmentState AsSent(LetterSubject subject, AssessmentState state, LetterSending sending)
    {
        var seen = state.Notices.FirstOrDefault(n => n.Id == subject.About) is { } notice ? FamilyPeople.VisibleTo(state, notice) : state;
        return seen with { Notices = [.. Sent(subject, seen, sending)] };
    }

    // An agency's letter also states the last days that apply to the family. If the family's own letter has not been sent yet, these days
    // are counted from the day of the agency's letter, because the family's letter is sent on that day at the latest.
    private static IEnumerable<Notice> Sent(LetterSubject subject, AssessmentState state, LetterSending sending)
    {
        var about = state.Notices.FirstOrDefault(n => n.Id == subject.About);
        return state.Notices.Select(n => n.SentOn is not null || (n.Id != subject.About && !IsTheFamilysOwn(n))
            ? n
            : n with { SentOn = sending.On, ServedOn = ServiceRules.ServedOn(sending.On, sending.By), Channel = sending.By });

        bool IsTheFamilysOwn(Notice other) =>
            about is { Agency: not null } && other.To == RecipientRole.Family && other.Kind == about.Kind && other.Occasion == about.Occasion;
    }

    private static ConsultedInstitution? Consulted(LetterSubject subject, Notice? notice, AssessmentState state) =>
        state.Institutions.FirstOrDefault(i => i.Institution.Id.Value == (notice?.Agency?.Id.Value ?? subject.About));

    private static ClaimedException? Exception(LetterSubject subject, AssessmentState state)
    {
        var notice = state.Notices.FirstOrDefault(n => n.Id == subject.About);
        return state.Exceptions.FirstOrDefault(e => e.Id == notice?.ExceptionId);
    }

    private static string Ground(Ground ground, RuleSet law)
    {
        var least = law.Ground(ground)?.Test.MinimumDays is { } days ? $" for {Words.Length(days / 7, LengthUnit.Weeks)} or more" : "";
        return ground switch
        {
            StatutoryClock.Ground.SchoolClosed => $"The school or college was closed{least}.",
            StatutoryClock.Ground.EarlyYearsProviderClosed => $"The nursery or other early years setting was closed{least}.",
            StatutoryClock.Ground.AbsentFromArea or StatutoryClock.Ground.OrderAbsentFromArea => $"The child, the parent or the young person was away from the council's area{least}.",
            StatutoryClock.Ground.OrderLateRepresentations => "The family wished to make representations on the plan after the time for them had ended.",
            _ => "There were exceptional personal circumstances.",
        };
    }

    /// <summary>A day with its weekday, such as "Monday 14 September 2026", or null if there is no day.</summary>
    private static string? Day(DateOnly? day) => day?.ToString("dddd d MMMM yyyy", CultureInfo.InvariantCulture);
}
