using System.Net;
using IntegrationHub.Functions.LocalOffer;
using IntegrationHub.Local.Tests.Monitoring;
using IntegrationHub.Local.Tests.Workspace;
using Microsoft.Extensions.DependencyInjection;

namespace IntegrationHub.Local.Tests.Families;

/// <summary>The Local Offer on a family's page.</summary>
public sealed class FamilyOfferTests
{
    [Fact]
    public async Task A_family_finds_it_on_its_own_page_and_only_after_the_code()
    {
        await using var hub = await LetterHub.StartAsync();
        await LocalOfferPageTests.ImportAsync(hub.Services.GetRequiredService<OfferStore>());
        var id = await hub.DecideAsync("offer", assess: true);
        using var parent = new Parent(hub);
        var path = await Parent.LinkAsync(hub, id);
        using var closed = await parent.Browser.GetAsync($"{path}/local-offer");
        Assert.Equal(HttpStatusCode.Redirect, closed.StatusCode);

        Assert.Contains((await parent.EnterAsync(path)).QuerySelectorAll("a"), a => a.GetAttribute("href") == $"{path}/local-offer");
        var page = await parent.Browser.OpenAsync($"{path}/local-offer");
        Assert.Contains("Family advice", LocalOfferPageTests.Names(page));
        Assert.DoesNotContain("Toddler group", LocalOfferPageTests.Names(page));
    }
}
