using System.Text.Json;
using IntegrationHub.Contracts.Parties;
using IntegrationHub.Orchestrations.Plans;

namespace IntegrationHub.Orchestrations.Assessments;

/// <summary>The officer's own text in a step that sends a letter or a request.</summary>
/// <param name="Child">The child whom the case is about.</param>
/// <param name="People">Names of the people and places of the case, which the letter or request can contain.</param>
/// <param name="Said">The officer's own text.</param>
public sealed record OutgoingText(Child Child, IReadOnlyList<string> People, IReadOnlyList<string> Said)
{
    /// <summary>
    /// The officer's own text that the step would send, or null if the step sends nothing, has no such text, or would be refused.
    /// </summary>
    /// <param name="state">The case before the step.</param>
    /// <param name="input">The step.</param>
    /// <param name="by">Who takes the step.</param>
    /// <param name="now">The present instant.</param>
    /// <param name="rules">The rules.</param>
    public static OutgoingText? Of(AssessmentState state, AssessmentInput input, Actor by, DateTimeOffset now, Rules rules)
    {
        if (state.Facts is not { } facts || by.Role != ActorRole.CouncilOfficer)
        {
            return null;
        }

        var said = new List<string>();
        Collect(JsonSerializer.SerializeToElement(input, AssessmentJson.Default.AssessmentInput), null, said);
        return said.Count > 0 && Assessment.Decide(state, input, by, now, rules) is { Refusal: null } decision
            && (decision.Events.Any(happened => happened is NoticePlanned) || decision.Effects.Any(effect => effect is SendNotice or SendAdviceRequest or ReturnAdviceToAuthor))
            ? new(facts.Child, [.. PeopleOf(state, facts)], said)
            : null;
    }

    /// <summary>
    /// Why the text must not be sent (it names a child of another case or contains another person's number), or null if it can be sent.
    /// </summary>
    /// <param name="others">Children of other cases.</param>
    public string? Fault(IReadOnlyList<OtherChild> others) => OtherChildChecks.InWords(Child, People, Said, others);

    private static IEnumerable<string> PeopleOf(AssessmentState state, OpeningFacts facts) =>
        new[] { $"{facts.Child.GivenName} {facts.Child.FamilyName}", facts.Family.Name, facts.Setting?.Name, facts.Icb.Name, state.CaseOfficer, state.KeyWorker }
            .Concat(state.People.Select(person => person.Name))
            .Concat(state.Requests.Select(request => request.Agency?.Name))
            .Concat(state.Advice.Select(advice => advice.Content.Author))
            .Concat(state.Institutions.Select(consulted => consulted.Institution.Name))
            .OfType<string>();

    // The JSON members called "name" and "id" are left out, because they only name a person or place. A text without spaces is a keyword of
    // the interface and not text that the officer wrote.
    private static void Collect(JsonElement value, string? member, List<string> said)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                value.EnumerateObject().ToList().ForEach(each => Collect(each.Value, each.Name, said));
                break;
            case JsonValueKind.Array:
                value.EnumerateArray().ToList().ForEach(each => Collect(each, member, said));
                break;
            case JsonValueKind.String when member is not ("name" or "id") && value.GetString() is { } text && text.Contains(' ', StringComparison.Ordinal):
                said.Add(text);
                break;
        }
    }
}
