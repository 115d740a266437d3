using IntegrationHub.Azure.Hosting;
using IntegrationHub.AzureStorage.Tests;
using IntegrationHub.Functions.Notices.Setup;

namespace IntegrationHub.Azure.Tests;

/// <summary>What a hub on one machine reads from its data directory, read from the container of settings.</summary>
public sealed class SettingsBlobsTests(Azurite azurite)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_council_s_own_templates_of_letters_are_copied_with_the_contacts()
    {
        const string Template = "letters/330/en/amendedPlan-family.liquid";
        azurite.Need();
        var container = azurite.Blobs().GetBlobContainerClient($"s{Guid.NewGuid():N}");
        await container.CreateAsync(cancellationToken: Stop);
        await container.GetBlobClient(NoticesSetup.DirectoryFile).UploadAsync(BinaryData.FromString("{}"), Stop);
        await container.GetBlobClient(Template).UploadAsync(BinaryData.FromString("# Your plan"), Stop);

        var folder = await new SettingsBlobs(container).FolderAsync(Stop);

        Assert.Equal(
            [Template, NoticesSetup.DirectoryFile],
            Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(folder, file).Replace('\\', '/')).Order(StringComparer.Ordinal));
        Assert.Equal("# Your plan", await File.ReadAllTextAsync(Path.Combine(folder, Template), Stop));
        Directory.Delete(folder, recursive: true);
    }
}
