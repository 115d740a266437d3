using System.Net;
using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Contracts.Parties;
using IntegrationHub.Hub.Tests.Access;
using IntegrationHub.Orchestrations.Assessments;

namespace IntegrationHub.Hub.Tests.Letters;

/// <summary>A letter is not sent with the name of the child of another case in it, and the step can be sent again without it.</summary>
public sealed class OtherChildInLetterTests
{
    [Fact]
    public async Task A_letter_that_names_the_child_of_another_case_is_refused_until_it_does_not()
    {
        var stop = TestContext.Current.CancellationToken;
        await using var hub = await HubUnderTest.StartAsync();
        var id = await hub.SeedAsync("own");
        var facts = (await hub.Store.LoadAsync(id, stop)).State.Facts!;
        await hub.SubmitAsync(AssessmentId.For(HubUnderTest.Own, "other"), new OpenAssessment(facts with { Child = new Child { GivenName = "Zelphine", FamilyName = "Quastrow", DateOfBirth = new DateOnly(2016, 3, 2) } }));
        await hub.SubmitAsync(AssessmentId.For(HubUnderTest.Own, "third"), new OpenAssessment(facts));
        await hub.SubmitAsync(AssessmentId.For(HubUnderTest.Own, "third"), new RecordConsultation(new DateOnly(2026, 6, 3), "They wish for it."));
        var path = $"/v1/cases/{AssessmentId.For(HubUnderTest.Own, "third")}/decide-whether-to-assess";

        using var refused = await hub.PostAsync(path, hub.Officer(), """{"assess":false,"reasons":"Zelphine Quastrow has enough support."}""", "k-1");
        using var taken = await hub.PostAsync(path, hub.Officer(), """{"assess":false,"reasons":"The support is enough."}""", "k-1");

        Assert.Equal(HttpStatusCode.Conflict, refused.StatusCode);
        var said = await refused.Content.ReadAsStringAsync(stop);
        Assert.Contains("names-another-child", said, StringComparison.Ordinal);
        Assert.DoesNotContain("Quastrow", said, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, taken.StatusCode);
    }
}
