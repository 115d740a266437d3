using IntegrationHub.Contracts.Advice;
using IntegrationHub.Contracts.Parties;
using IntegrationHub.Orchestrations.Advice;
using IntegrationHub.Orchestrations.StatutoryClock;

namespace IntegrationHub.Orchestrations.Assessments;

/// <summary>Who is asked for advice, and on which legal basis. SEND Regs 2014 reg 6(1).</summary>
internal static class Asking
{
    internal static readonly Stage[] WhileAsking = [Stage.Assessing, Stage.Drafting, Stage.Consulting];

    /// <summary>Whether advice can be asked for, which is possible at certain stages of an assessment and in a re-assessment.</summary>
    internal static bool May(Deciding d, string whatFor, params ReadOnlySpan<Stage> stages) =>
        ReassessmentRound.Open(d.State) is not null ? Detentions.RequireNotDetained(d, whatFor) : InputChecks.At(d, whatFor, stages);

    /// <summary>All advice that must be sought for this child, according to the facts recorded now.</summary>
    internal static IReadOnlyList<RequiredAdvice> Required(Deciding d) => RequiredAdvisers.On(new ChildSituation
    {
        SettingKind = d.Facts.SettingKind,
        Setting = d.Facts.Setting,
        SensoryImpairment = d.Facts.SensoryImpairment,
        InOrBeyondYear9 = Age.InOrBeyondYear9(d.Facts.Child.DateOfBirth, d.Today),
        Icb = d.Facts.Icb,
        SocialCare = d.Rules.Council.SocialCare,
        EducationalPsychology = d.Rules.Council.EducationalPsychology,
        Advisers = d.State.Advisers,
    });

    /// <summary>Asks for all advice on the day of the decision, because advice that is asked for late arrives late.</summary>
    internal static void AskEveryone(Deciding d)
    {
        foreach (var required in Required(d))
        {
            if (IsSettled(d, required.Kind))
            {
                continue;
            }

            if (required.MissingAdviser)
            {
                d.AskAttention(AdviserMissingId(required.Kind), $"Name the adviser to be asked for {Words.Of(required.Kind)}: {required.From} ({required.LegalBasis}).");
            }
            else
            {
                Ask(d, required.Kind, required.Agency, required.LegalBasis, required.AfterConsultationWith, null, null);
            }
        }

        foreach (var wish in d.State.Wishes.Where(w => w.Asked == true && w.Reassessment == ReassessmentRound.Open(d.State)))
        {
            Ask(d, AdviceKind.Other, wish.Agency, "reg 6(1)(h)", null, wish.Reason, null);
        }

        if (d.Facts.ParentServesInArmedForces)
        {
            d.AskAttention("ask-secretary-of-state-for-defence", "A parent serves in the armed forces: ask the Secretary of State for Defence too (reg 6(1)(b)(iv)).");
        }
    }

    /// <summary>The kinds of advice that must be sought but have neither been asked for nor been covered by existing advice.</summary>
    internal static IEnumerable<RequiredAdvice> NotSought(Deciding d) => Required(d).Where(r => !IsSettled(d, r.Kind));

    /// <summary>Closes a request for advice on behalf of the council and notifies the adviser.</summary>
    internal static void Settle(Deciding d, AdviceRequest request, RequestStatus to, string reason)
    {
        d.Happened(new AdviceRequestMoved(request.Id, to, d.Today, reason, null));
        Answering.Entered(d, request);
        if (request.Agency is { } agency)
        {
            d.AddEffect(new SendWithdrawal(request.Id, agency.Id));
        }
    }

    internal static string AdviserMissingId(AdviceKind kind) => $"name-adviser-{kind}";

    internal static string WishId(string wishId) => $"wish-{wishId}";

    // Advice that was requested in the first assessment does not count as requested for a re-assessment, and vice versa.
    internal static bool IsSettled(Deciding d, AdviceKind kind)
    {
        var round = ReassessmentRound.Open(d.State);
        return d.State.Existing.Any(x => x.ReliedOn && x.Kind == kind && x.Reassessment == round)
            || d.State.Requests.Any(r => r.Kind == kind && r.Review is null && r.Reassessment == round && r.Status is not (RequestStatus.Withdrawn or RequestStatus.Declined));
    }

    /// <summary>The id of the next request for this kind of advice, for instance <c>medical-2</c>.</summary>
    internal static string NextId(Deciding d, AdviceKind kind) =>
        FormattableString.Invariant($"{Notices.Camel(kind)}-{d.State.Requests.Count(r => r.Kind == kind) + 1}");

    internal static void Ask(Deciding d, AdviceKind kind, Agency? agency, string basis, string? afterConsultationWith, string? reason, string? inPlaceOf, PersonAsked? person = null, int? review = null)
    {
        var round = review is null ? ReassessmentRound.Open(d.State) : null;
        var request = new AdviceRequest
        {
            Id = NextId(d, kind),
            Kind = kind,
            LegalBasis = round is null ? basis : AnswerDuties.BasisInReassessment(basis),
            Duty = RequiredAdvisers.DutyOf(kind, agency?.Id, d.Rules.Council.Code),
            Agency = agency,
            Person = person,
            Review = review,
            Reassessment = round,
            AfterConsultationWith = afterConsultationWith,
            RequestedOn = d.Today,
            StatusOn = d.Today,
        };
        Ask(d, request, reason, inPlaceOf);
    }

    /// <summary>Asks again for advice whose request was withdrawn by mistake. The adviser was told of the withdrawal, so this is a new request with a new time
    /// limit.</summary>
    internal static void AskAgain(Deciding d, AdviceRequest withdrawn, string reason) => Ask(
        d,
        new AdviceRequest
        {
            Id = NextId(d, withdrawn.Kind),
            Kind = withdrawn.Kind,
            LegalBasis = withdrawn.LegalBasis,
            Duty = withdrawn.Duty,
            Agency = withdrawn.Agency,
            Person = withdrawn.Person,
            Review = withdrawn.Review,
            Reassessment = withdrawn.Reassessment,
            AfterConsultationWith = withdrawn.AfterConsultationWith,
            RequestedOn = d.Today,
            StatusOn = d.Today,
        },
        reason,
        withdrawn.Id);

    private static void Ask(Deciding d, AdviceRequest request, string? reason, string? inPlaceOf)
    {
        d.Happened(new AdviceRequested(request, reason, inPlaceOf));
        if (request.Agency is { } agency)
        {
            d.AddEffect(new SendAdviceRequest(request.Id, agency.Id));
        }
        else
        {
            // The council itself consults the family, so no request is sent; the six weeks start with the decision.
            d.Happened(new AdviceRequestMoved(request.Id, RequestStatus.Delivered, d.Today, null, d.Today));
        }
    }
}
