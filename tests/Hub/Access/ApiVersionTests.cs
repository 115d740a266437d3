using System.Net;

namespace IntegrationHub.Hub.Tests.Access;

/// <summary>The version of the API is said, asked for and kept apart from what came before it.</summary>
public sealed class ApiVersionTests
{
    [Theory]
    [InlineData("/v1/cases")]
    [InlineData("/v1/pushed-assessments")]
    [InlineData("/v1/cases/330-000000000000")]
    public async Task Each_answer_names_the_version(string path)
    {
        await using var hub = await HubUnderTest.StartAsync();

        using var known = await hub.GetAsync(path, hub.Officer());
        using var unknown = await hub.GetAsync(path, token: null);

        Assert.Equal(HttpStatusCode.Unauthorized, unknown.StatusCode);
        Assert.All(new[] { known, unknown }, answer => Assert.Equal("1", Assert.Single(answer.Headers.GetValues("Api-Version"))));
        Assert.False(known.Headers.Contains("Deprecation"));
    }

    [Theory]
    [InlineData("1", HttpStatusCode.OK)]
    [InlineData("2", HttpStatusCode.BadRequest)]
    [InlineData("v1", HttpStatusCode.BadRequest)]
    [InlineData("", HttpStatusCode.BadRequest)]
    public async Task A_version_that_the_hub_does_not_speak_is_refused(string asked, HttpStatusCode status)
    {
        await using var hub = await HubUnderTest.StartAsync();

        using var answer = await hub.SendAsync(HttpMethod.Get, "/v1/cases", hub.Officer(), headers: ("Api-Version", asked));

        Assert.Equal(status, answer.StatusCode);
    }

    [Theory]
    [InlineData("/assessments", "/v1/cases")]
    [InlineData("/assessments/{0}/timeline", "/v1/cases/{0}/timeline")]
    [InlineData("/pushed-assessments", "/v1/pushed-assessments")]
    [InlineData("/assessments-of-others", null)]
    public async Task An_address_from_before_answers_as_the_new_one_and_says_that_it_is_deprecated(string before, string? now)
    {
        await using var hub = await HubUnderTest.StartAsync();
        var id = await hub.SeedAsync("before");

        using var old = await hub.GetAsync(string.Format(null, before, id), hub.Officer());

        Assert.Equal(now is not null, old.Headers.Contains("Deprecation"));
        if (now is null)
        {
            Assert.False(old.IsSuccessStatusCode);
            return;
        }

        using var today = await hub.GetAsync(string.Format(null, now, id), hub.Officer());
        Assert.Equal(HttpStatusCode.OK, old.StatusCode);
        Assert.Equal(await today.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), await old.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }
}
