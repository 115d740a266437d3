using System.Collections;
using System.Collections.Concurrent;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Threading.Channels;

namespace IntegrationHub.Architecture.Tests;

/// <summary>
/// Whatever a caller can make grow has a bound. Every field of the shipped code that can hold more and more is named in Growth.txt with
/// what bounds it: a new one is not there until somebody has thought of that.
/// </summary>
public class GrowthTests
{
    private static readonly Assembly[] Shipped =
    [
        DependencyTests.Messages, DependencyTests.Fhir, DependencyTests.Core, DependencyTests.Embedded, DependencyTests.Hub, DependencyTests.Bus, DependencyTests.Files, DependencyTests.Local,
        DependencyTests.AzureStorage, typeof(IntegrationHub.Azure.Hosting.AzureHubOptions).Assembly,
    ];

    private static readonly string[] NotServing = ["IntegrationHub.Local.Demo", "IntegrationHub.Local.Commands"];

    private static readonly Type[] Growing =
    [
        typeof(ConcurrentDictionary<,>), typeof(Dictionary<,>), typeof(HashSet<>), typeof(List<>), typeof(Queue<>), typeof(ConcurrentQueue<>), typeof(Stack<>),
        typeof(ConcurrentStack<>), typeof(LinkedList<>), typeof(ConcurrentBag<>), typeof(SortedSet<>), typeof(SortedDictionary<,>), typeof(SortedList<,>),
        typeof(PriorityQueue<,>), typeof(BlockingCollection<>), typeof(Channel<>), typeof(ConditionalWeakTable<,>), typeof(OrderedDictionary<,>),
    ];

    [Fact]
    public void Every_field_that_can_grow_is_named_with_its_bound()
    {
        var fields = Shipped.SelectMany(assembly => assembly.GetTypes())
            .Where(type => !NotServing.Any(space => type.Namespace?.StartsWith(space, StringComparison.Ordinal) == true))
            .Where(type => type.FullName!.StartsWith("IntegrationHub.", StringComparison.Ordinal))
            .Where(type => !type.IsDefined(typeof(CompilerGeneratedAttribute)) && type.DeclaringType?.IsDefined(typeof(CompilerGeneratedAttribute)) != true)
            .SelectMany(type => type.GetFields(BindingFlags.Instance | BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly))
            .Where(field => CanGrow(field.FieldType))
            .Select(field => $"{field.DeclaringType!.FullName!["IntegrationHub.".Length..]}.{Plain(field.Name)}")
            .Order(StringComparer.Ordinal).ToList();
        var bounds = Bounds();

        Assert.True(fields.Count > 50, "The scan finds too little to prove anything.");
        Assert.Equal([], fields.Except(bounds.Keys));
        Assert.Equal([], bounds.Keys.Except(fields));
        Assert.All(bounds, bound => Assert.True(bound.Value.Length > 10, $"{bound.Key}: {bound.Value}"));
    }

    private static Dictionary<string, string> Bounds()
    {
        var bounds = new Dictionary<string, string>(StringComparer.Ordinal);
        var heading = "";
        foreach (var line in File.ReadLines(Path.Combine(SourceGraph.Root, "tests", "Architecture", "Growth.txt")).Where(line => line.Length > 0 && line[0] != '#'))
        {
            if (line[0] == ' ')
            {
                var parts = line.Trim().Split(": ", 2);
                bounds.Add(parts[0], parts.Length > 1 ? parts[1] : heading);
            }
            else
            {
                heading = line;
            }
        }

        return bounds;
    }

    private static bool CanGrow(Type type) =>
        (type.IsGenericType && Growing.Contains(type.GetGenericTypeDefinition()))
        || typeof(Hashtable).IsAssignableFrom(type) || typeof(ArrayList).IsAssignableFrom(type);

    private static string Plain(string field) => field.StartsWith('<') ? field[1..field.IndexOf('>', StringComparison.Ordinal)] : field;
}
