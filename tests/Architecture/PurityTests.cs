using Mono.Cecil;

namespace IntegrationHub.Architecture.Tests;

/// <summary>Core decides from what it is given: it takes no time, no identity and no chance from the air, and touches no disk or network.</summary>
public class PurityTests
{
    private static readonly string[] NeverCalled =
    [
        "System.DateTime::get_Now",
        "System.DateTime::get_UtcNow",
        "System.DateTime::get_Today",
        "System.DateTimeOffset::get_Now",
        "System.DateTimeOffset::get_UtcNow",
        "System.TimeProvider::get_System",
        "System.Guid::NewGuid",
        "System.Guid::CreateVersion7",
        "System.Random::",
        "System.Security.Cryptography.RandomNumberGenerator::",
        "System.Environment::Get",
        "System.Environment::get_TickCount",
        "System.Environment::get_MachineName",
        "System.Threading.Thread::",
        "System.Threading.Tasks.Task::Run",
        "System.Threading.Tasks.Task::Delay",
        "System.IO.File::",
        "System.IO.Directory::",
        "System.IO.FileStream::",
        "System.Console::",
        "System.TimeZoneInfo::get_Local",
    ];

    [Fact]
    public void Core_never_calls_what_is_not_given_to_it()
    {
        var calls = Calls(DependencyTests.Core.Location).ToList();
        Assert.NotEmpty(calls);
        Assert.Empty(calls.Where(c => Array.Exists(NeverCalled, never => c.Callee.Contains(never, StringComparison.Ordinal))).Select(c => $"{c.Caller} calls {c.Callee}"));
    }

    [Fact]
    public void The_search_finds_such_a_call_where_there_is_one() =>
        Assert.Contains(Calls(typeof(PurityTests).Assembly.Location), c => c.Callee.Contains("System.Guid::NewGuid", StringComparison.Ordinal));

    /// <summary>What the search must find; without it a search that finds nothing would pass.</summary>
    internal static Guid Impure() => Guid.NewGuid();

    private static IEnumerable<(string Caller, string Callee)> Calls(string assembly)
    {
        using var module = ModuleDefinition.ReadModule(assembly);
        foreach (var method in module.GetTypes().SelectMany(t => t.Methods).Where(m => m.HasBody))
        {
            foreach (var instruction in method.Body.Instructions)
            {
                if (instruction.Operand is MethodReference callee)
                {
                    yield return (method.FullName, callee.FullName);
                }
            }
        }
    }
}
