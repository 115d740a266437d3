using IntegrationHub.Contracts.Advice;
using IntegrationHub.Contracts.Parties;
using IntegrationHub.Orchestrations.Advice;
using IntegrationHub.Orchestrations.StatutoryClock;

namespace IntegrationHub.Orchestrations.Assessments;

/// <summary>Who is asked for advice, and by which words of the law. SEND Regs 2014 reg 6(1).</summary>
internal static class Asking
{
    private static readonly Stage[] WhileAsking = [Stage.Assessing, Stage.Drafting, Stage.Consulting];

    /// <summary>Everything that must be sought for this child, as the facts now stand.</summary>
    internal static IReadOnlyList<RequiredAdvice> Required(Deciding d) => WhoMustAdvise.On(new ChildSituation
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

    /// <summary>Advice is asked for on the day of the decision: what is asked late comes late.</summary>
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
                d.AskAttention(AdviserMissingId(required.Kind), $"Say who is asked for {Words.Of(required.Kind)}: {required.From} ({required.LegalBasis}).");
            }
            else
            {
                Ask(d, required.Kind, required.Agency, required.LegalBasis, required.AfterConsultationWith, null, null);
            }
        }

        foreach (var wish in d.State.Wishes.Where(w => w.Asked == true))
        {
            Ask(d, AdviceKind.Other, wish.Agency, "reg 6(1)(h)", null, wish.Reason, null);
        }

        if (d.Facts.ParentServesInArmedForces)
        {
            d.AskAttention("ask-secretary-of-state-for-defence", "A parent serves in the armed forces: ask the Secretary of State for Defence too (reg 6(1)(b)(iv)).");
        }
    }

    /// <summary>The kinds that must be sought and were not: neither asked for nor covered by advice relied on.</summary>
    internal static IEnumerable<RequiredAdvice> NotSought(Deciding d) => Required(d).Where(r => !IsSettled(d, r.Kind));

    internal static void Name(Deciding d, NameAdviser input)
    {
        if (!Form.Open(d)
            || !d.Require(input.Kind is not (AdviceKind.FamilyViews or AdviceKind.Other), "not-named-this-way", "Only advisers under reg 6(1)(b) to (e) and (g) are named; others are asked with a request of their own.")
            || !Form.Text(d, input.Agency.Name, "The adviser's name")
            || !d.Require(!d.State.Advisers.Contains(new NamedAdviser(input.Kind, input.Agency)), "nothing-changed", "This adviser is named already."))
        {
            return;
        }

        d.Happened(new AdviserNamed(input.Kind, input.Agency));
        if (d.State.Attention.Any(a => a.Id == AdviserMissingId(input.Kind)))
        {
            d.Happened(new AttentionResolved(AdviserMissingId(input.Kind), "named"));
        }

        if (WhileAsking.Contains(d.State.Stage) && Required(d).FirstOrDefault(r => r.Kind == input.Kind) is { } required && !IsSettled(d, input.Kind))
        {
            Ask(d, required.Kind, required.Agency, required.LegalBasis, required.AfterConsultationWith, null, null);
        }
    }

    internal static void Request(Deciding d, RequestAdvice input)
    {
        var replaced = input.InPlaceOf is { } id ? d.State.Requests.FirstOrDefault(r => r.Id == id) : null;
        if (!Form.At(d, "Asking for advice", WhileAsking)
            || !Form.Text(d, input.Reason, "The reason")
            || !Form.Text(d, input.Agency.Name, "The adviser's name")
            || !d.Require(input.Kind != AdviceKind.FamilyViews, "family-is-asked", "The family's views are asked of the family.")
            || !d.Require(input.InPlaceOf is null || replaced is not null, "unknown-request", "The request that this one stands in for is not in this assessment.")
            || !d.Require(replaced is null || replaced.Status != RequestStatus.Received, "already-received", "The request that this one stands in for was answered.")
            || !d.Require(
                !d.State.Requests.Any(r => r.IsOpen && r.Kind == input.Kind && r.Agency?.Id == input.Agency.Id), "already-asked", "This adviser is asked already and has not answered yet.")
            || !d.Require(
                !d.State.Existing.Any(x => x.ReliedOn && x.Kind == input.Kind && x.Agency.Id == input.Agency.Id),
                "relied-on",
                "Advice of this author is relied on: all three parties were satisfied that it is sufficient, so it must not be sought again (reg 6(4))."))
        {
            return;
        }

        if (replaced is { IsOpen: true })
        {
            Settle(d, replaced, RequestStatus.Withdrawn, $"Another adviser is asked: {input.Reason}");
        }

        var basis = input.Kind switch
        {
            AdviceKind.Educational when replaced is not null => "reg 6(1)(b)(ii)",
            AdviceKind.Other => "reg 6(1)(f)",
            _ => Required(d).FirstOrDefault(r => r.Kind == input.Kind)?.LegalBasis ?? "reg 6(1)(f)",
        };
        Ask(d, input.Kind, input.Agency, basis, null, input.Reason, input.InPlaceOf);
    }

    internal static void Wish(Deciding d, AskForAdviser input)
    {
        if (Form.At(d, "Asking for an adviser", Stage.Considering, Stage.Assessing)
            && Form.Id(d, input.WishId, "The wish's id")
            && d.Require(d.State.Wishes.All(w => w.Id != input.WishId), "already-wished", "A wish with this id is on record already.")
            && Form.Text(d, input.Agency.Name, "The adviser's name")
            && Form.Text(d, input.Reason, "The reason"))
        {
            d.Happened(new AdviserWished(input.WishId, input.Agency, input.Reason));
            d.AskAttention(WishId(input.WishId), "The family asks that somebody be asked for advice (reg 6(1)(h)): answer it; a refusal needs its reason.");
        }
    }

    internal static void AnswerWish(Deciding d, AnswerAdviserWish input)
    {
        var wish = d.State.Wishes.FirstOrDefault(w => w.Id == input.WishId);
        if (!Form.At(d, "Answering the family's wish", Stage.Considering, Stage.Assessing)
            || !d.Require(wish is not null, "unknown-wish", "There is no such wish in this assessment.")
            || !d.Require(wish!.Asked is null, "already-answered", "This wish was answered already.")
            || !(input.Ask || Form.Text(d, input.Reason, "The reason why the family's request is not reasonable")))
        {
            return;
        }

        d.Happened(new AdviserWishAnswered(wish.Id, input.Ask, input.Reason));
        if (d.State.Attention.Any(a => a.Id == WishId(wish.Id)))
        {
            d.Happened(new AttentionResolved(WishId(wish.Id), "answered"));
        }

        if (input.Ask && d.State.Stage == Stage.Assessing && !d.State.Requests.Any(r => r.IsOpen && r.Kind == AdviceKind.Other && r.Agency?.Id == wish.Agency.Id))
        {
            Ask(d, AdviceKind.Other, wish.Agency, "reg 6(1)(h)", null, wish.Reason, null);
        }
    }

    internal static void Withdraw(Deciding d, WithdrawAdviceRequest input)
    {
        var request = d.State.Requests.FirstOrDefault(r => r.Id == input.RequestId);
        if (d.Require(request is not null, "unknown-request", "There is no such request in this assessment.")
            && d.Require(request!.CanBecome(RequestStatus.Withdrawn), "request-settled", "This request is settled and cannot be withdrawn.")
            && Form.Text(d, input.Reason, "The reason"))
        {
            Settle(d, request, RequestStatus.Withdrawn, input.Reason);
        }
    }

    /// <summary>Closes a request from the council's side and tells the one asked.</summary>
    internal static void Settle(Deciding d, AdviceRequest request, RequestStatus to, string reason)
    {
        d.Happened(new AdviceRequestMoved(request.Id, to, d.Today, reason, null));
        if (request.Agency is { } agency)
        {
            d.Must(new SendWithdrawal(request.Id, agency.Id));
        }
    }

    private static string AdviserMissingId(AdviceKind kind) => $"name-adviser-{kind}";

    private static string WishId(string wishId) => $"wish-{wishId}";

    private static bool IsSettled(Deciding d, AdviceKind kind) =>
        d.State.Existing.Any(x => x.ReliedOn && x.Kind == kind)
        || d.State.Requests.Any(r => r.Kind == kind && r.Status is not (RequestStatus.Withdrawn or RequestStatus.Declined));

    private static void Ask(Deciding d, AdviceKind kind, Agency? agency, string basis, string? afterConsultationWith, string? reason, string? inPlaceOf)
    {
        var name = kind.ToString();
        var request = new AdviceRequest
        {
            Id = FormattableString.Invariant($"{char.ToLowerInvariant(name[0])}{name[1..]}-{d.State.Requests.Count(r => r.Kind == kind) + 1}"),
            Kind = kind,
            LegalBasis = basis,
            Duty = WhoMustAdvise.DutyOf(kind, agency?.Id, d.Rules.Council.Code),
            Agency = agency,
            AfterConsultationWith = afterConsultationWith,
            RequestedOn = d.Today,
            StatusOn = d.Today,
        };
        d.Happened(new AdviceRequested(request, reason, inPlaceOf));
        if (agency is not null)
        {
            d.Must(new SendAdviceRequest(request.Id, agency.Id));
        }
        else
        {
            // The family was consulted by the council itself; its six weeks begin with the decision it is told of.
            d.Happened(new AdviceRequestMoved(request.Id, RequestStatus.Delivered, d.Today, null, d.Today));
        }
    }
}
