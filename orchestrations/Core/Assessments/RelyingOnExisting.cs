using IntegrationHub.Orchestrations.Advice;

namespace IntegrationHub.Orchestrations.Assessments;

/// <summary>
/// "Tell us once": advice that exists is not sought again when its author, the council and the family are all satisfied that it is
/// sufficient. SEND Regs 2014 reg 6(4); Code 9.47.
/// </summary>
internal static class RelyingOnExisting
{
    internal static void Propose(Deciding d, ProposeExistingAdvice input)
    {
        if (!Form.At(d, "Putting existing advice forward", Stage.Considering, Stage.Assessing)
            || !Form.Id(d, input.ExistingId, "The advice's id")
            || !d.Require(d.State.Existing.All(x => x.Id != input.ExistingId), "already-proposed", "Advice with this id was put forward already.")
            || !d.Require(input.Kind != Contracts.Advice.AdviceKind.FamilyViews, "family-is-asked", "Reg 6(4) does not reach the family's own views (it speaks of (b) to (h)).")
            || !d.Require(d.By.Role != ActorRole.Agency || d.By.Agency == input.Agency.Id, "not-the-author", "An agency can put forward only its own advice.")
            || !Form.Text(d, input.Agency.Name, "The author's agency")
            || !Answering.IsWellFormed(d, input.Content))
        {
            return;
        }

        d.Happened(new ExistingAdviceProposed(new ExistingAdvice
        {
            Id = input.ExistingId,
            Kind = input.Kind,
            Agency = input.Agency,
            Content = input.Content,
            Origin = input.Origin,
        }));
        d.AskAttention(JudgeId(input.ExistingId), $"Existing {Words.Of(input.Kind)} was put forward: ask the author and the family whether it is sufficient, and say whether the council is satisfied (reg 6(4)).");
    }

    internal static void Judge(Deciding d, AgreeExistingAdvice input)
    {
        var existing = d.State.Existing.FirstOrDefault(x => x.Id == input.ExistingId);
        if (!Form.At(d, "Agreeing to rely on existing advice", Stage.Considering, Stage.Assessing)
            || !d.Require(existing is not null, "unknown-advice", "There is no such existing advice in this assessment.")
            || !d.Require(existing!.RefusedBy is null && !existing.ReliedOn, "already-judged", "It was decided already whether this advice is relied on.")
            || !d.Require(!existing.AgreedBy.Contains(input.Party), "already-judged", "This party has said so already.")
            || !d.Require(MaySpeak(d, existing, input.Party), "not-the-party", "Only the party itself, or the council for it, can say so."))
        {
            return;
        }

        d.Happened(new ExistingAdviceJudged(existing.Id, input.Party, input.Agrees));
        var judged = d.State.Existing.First(x => x.Id == existing.Id);
        if (judged.RefusedBy is not null || judged.AgreedBy.Count == Enum.GetValues<AgreeingParty>().Length)
        {
            if (d.State.Attention.Any(a => a.Id == JudgeId(existing.Id)))
            {
                d.Happened(new AttentionResolved(JudgeId(existing.Id), judged.RefusedBy is null ? "agreed by all three" : "not agreed"));
            }

            if (judged.RefusedBy is null)
            {
                RelyOn(d, judged);
            }
        }
    }

    private static void RelyOn(Deciding d, ExistingAdvice existing)
    {
        d.Happened(new ExistingAdviceReliedOn(existing.Id, d.Today));
        var advice = new ReceivedAdvice
        {
            Id = existing.Id,
            Kind = existing.Kind,
            LegalBasis = "reg 6(4)",
            Agency = existing.Agency,
            ReceivedOn = d.Today,
            Content = existing.Content,
        };
        d.Happened(new AdviceReceived(advice));
        foreach (var request in d.State.Requests.Where(r => r.IsOpen && Covers(existing, r)).ToList())
        {
            Asking.Settle(d, request, RequestStatus.Withdrawn, "Existing advice is relied on (reg 6(4)).");
        }

        Answering.AfterAdvice(d, advice);
    }

    private static bool MaySpeak(Deciding d, ExistingAdvice existing, AgreeingParty party) => (party, d.By.Role) switch
    {
        (AgreeingParty.Author, ActorRole.Agency) => existing.Agency.Id == d.By.Agency,
        (AgreeingParty.Family, ActorRole.Family) => true,
        (_, ActorRole.CouncilOfficer) => true,
        _ => false,
    };

    /// <summary>"Other" is not one advice but many: there only the same adviser's request is covered.</summary>
    private static bool Covers(ExistingAdvice existing, AdviceRequest request) =>
        request.Kind == existing.Kind && (request.Kind != Contracts.Advice.AdviceKind.Other || request.Agency?.Id == existing.Agency.Id);

    private static string JudgeId(string existingId) => $"judge-{existingId}";
}
