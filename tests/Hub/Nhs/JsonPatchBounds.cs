using System.Text;
using System.Text.Json.Nodes;
using IntegrationHub.Functions.Nhs.Rest;

namespace IntegrationHub.Hub.Tests.Nhs;

/// <summary>A patch makes a resource no larger and no deeper than one that could have been sent.</summary>
public sealed class JsonPatchBounds
{
    [Fact]
    public void Twenty_two_copies_of_what_was_copied_are_refused()
    {
        var copies = Enumerable.Range(0, 22).Select(i => Operation("copy", $"/note/{i}", "/note"));
        var before = GC.GetAllocatedBytesForCurrentThread();

        Assert.Equal(413, Status($$"""{"resourceType":"Task","note":[{"text":"{{new string('a', 100)}}"}]}""", copies));

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 20_000_000);
    }

    [Theory]
    [InlineData("/a", "")]
    [InlineData("/a/-", "/a")]
    [InlineData("/a/0", "/a")]
    public void Copies_into_themselves_end_with_an_answer(string path, string from) =>
        Assert.NotEqual(200, Status("""{"a":[{"b":"ccccccccccccccccccccccccccccccccccc"}]}""", Enumerable.Repeat(Operation("copy", path, from), JsonPatch.MaxOperations)));

    [Fact]
    public void Nothing_is_nested_deeper_than_can_be_read()
    {
        // Each copies the whole to the deepest place that there is: small, and twice as deep each time.
        var deep = new List<JsonObject>();
        var path = "/a";
        for (var i = 0; i < 12; i++)
        {
            deep.Add(Operation("copy", path, ""));
            path += path;
        }

        Assert.Equal(422, Status("{}", deep.Take(8)));
    }

    [Fact]
    public void A_copy_that_a_body_has_use_for_is_made() =>
        Assert.Equal(200, Status("""{"note":[{"text":"a"}]}""", [Operation("copy", "/note/0", "/note/0"), Operation("move", "/note/1", "/note/0")]));

    [Fact]
    public void A_move_copies_nothing()
    {
        var large = $$"""{"a":"{{new string('x', 200_000)}}"}""";
        var moves = Enumerable.Range(0, 100).Select(i => i % 2 == 0 ? Operation("move", "/b", "/a") : Operation("move", "/a", "/b"));

        Assert.Equal(200, Status(large, moves));
    }

    [Theory]
    [InlineData(JsonPatch.MaxOperations, 200)]
    [InlineData(JsonPatch.MaxOperations + 1, 400)]
    public void Operations_are_counted(int count, int status) =>
        Assert.Equal(status, Status("""{"a":1}""", Enumerable.Repeat(new JsonObject { ["op"] = "test", ["path"] = "/a", ["value"] = 1 }, count)));

    [Fact]
    public void A_patch_has_the_length_of_one() =>
        Assert.Equal(413, Status("""{"a":1}""", [new JsonObject { ["op"] = "add", ["path"] = "/b", ["value"] = new string('x', JsonPatch.MaxBytes) }]));

    private static int Status(string resource, IEnumerable<JsonObject> operations)
    {
        var patch = new JsonArray([.. operations.Select(operation => operation.DeepClone())]);
        var applied = JsonPatch.Apply(Encoding.UTF8.GetBytes(resource), Encoding.UTF8.GetBytes(patch.ToJsonString()));
        return applied.Value is not null ? 200 : applied.Problems[0].Status;
    }

    private static JsonObject Operation(string op, string path, string from) => new() { ["op"] = op, ["path"] = path, ["from"] = from };
}
