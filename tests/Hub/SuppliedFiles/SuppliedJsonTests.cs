using System.Text;
using System.Text.Json;
using IntegrationHub.Contracts.Plans;
using IntegrationHub.Functions.Notices;
using IntegrationHub.Functions.PersonalData.SubjectAccess;
using IntegrationHub.Functions.SuppliedFiles;

namespace IntegrationHub.Hub.Tests.SuppliedFiles;

/// <summary>A null in a list of a file that somebody wrote is told when the file is read, not stumbled on by whoever uses the list.</summary>
public sealed class SuppliedJsonTests
{
    [Theory]
    [InlineData("[null]", "$[0]", 0)]
    [InlineData("[\n  { \"of\": \"a\" },\n  null\n]", "$[1]", 2)]
    [InlineData("{ \"a\": [\n { \"b\": [1,\n null] } ] }", "$.a[0].b[1]", 2)]
    public void A_null_in_a_list_is_told_with_path_and_line(string json, string path, long line)
    {
        var refused = Assert.Throws<JsonException>(() => SuppliedJson.Read<JsonElement?>(json, PlanJson.Options));

        Assert.Equal((path, line), (refused.Path, refused.LineNumber));
        Assert.Contains(path, refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_byte_order_mark_is_no_fault()
    {
        byte[] marked = [.. Encoding.UTF8.Preamble, .. "[1, 2]"u8];

        Assert.Equal([1, 2], SuppliedJson.Read<int[]>(marked, JsonSerializerOptions.Web)!);
    }

    [Fact]
    public void A_list_of_contacts_with_a_null_is_refused_with_its_place()
    {
        var path = Path.GetTempFileName();
        File.WriteAllText(path, "[ null ]");

        var refused = Assert.Throws<InvalidDataException>(() => NoticeDirectory.Read(path));
        Assert.Contains("$[0]", refused.Message, StringComparison.Ordinal);
        File.Delete(path);
    }

    [Fact]
    public void A_decision_that_is_null_is_no_review() => Assert.Null(Review.Read("""{ "rows": [ null ] }"""));
}
