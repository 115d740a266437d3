using System.Collections;
using System.Reflection;
using IntegrationHub.EmbeddedBus;
using IntegrationHub.Local.Tests.Monitoring;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using SQLitePCL;

namespace IntegrationHub.Local.Tests.Hosting;

/// <summary>
/// What is acknowledged is on the disk: every connection that may write to a file of the running hub (cases, FHIR, bus) has a write-ahead
/// log and flushes each commit. The connections are found by looking through the objects, so that a new one is asked too.
/// </summary>
public sealed class DurabilityTests
{
    [Fact]
    public async Task Every_connection_that_may_write_flushes_each_commit_to_the_disk()
    {
        await using var hub = await MonitoredHub.StartAsync();
        var found = new Dictionary<string, List<string>>(StringComparer.Ordinal);
        foreach (var part in new object[]
        {
            hub.Store, hub.Services.GetRequiredService<Functions.Nhs.Store.IFhirResourceStore>(), hub.Services.GetRequiredService<BusServer>(),
            hub.Services.GetRequiredService<Functions.AccessLog.IAccessLog>(),
        })
        {
            foreach (var connection in ConnectionsIn(part))
            {
                var file = Path.GetFileName(raw.sqlite3_db_filename(connection, "main").utf8_to_string());
                var settings = $"{(raw.sqlite3_db_readonly(connection, "main") == 1 ? "reads" : "writes")}, synchronous {Pragma(connection, "synchronous")}, {Pragma(connection, "journal_mode")}";
                (found.TryGetValue(file, out var there) ? there : found[file] = []).Add(settings);
            }
        }

        var writing = Directory.GetFiles(hub.DataDirectory, "*.db", SearchOption.AllDirectories).Select(path => Path.GetFileName(path)!).Order(StringComparer.Ordinal).ToList();
        Assert.True(writing.Count >= 4, string.Join(' ', writing));
        Assert.Equal(writing, found.Where(file => file.Value.Exists(said => said.StartsWith("writes", StringComparison.Ordinal))).Select(file => file.Key).Order(StringComparer.Ordinal));

        // 2 is FULL (https://www.sqlite.org/pragma.html#pragma_synchronous).
        Assert.All(found.Values.SelectMany(said => said).Where(said => said.StartsWith("writes", StringComparison.Ordinal)), said => Assert.Equal("writes, synchronous 2, wal", said));
    }

    private static string Pragma(sqlite3 connection, string name)
    {
        Assert.Equal(raw.SQLITE_OK, raw.sqlite3_prepare_v2(connection, $"PRAGMA {name}", out var statement));
        using (statement)
        {
            Assert.Equal(raw.SQLITE_ROW, raw.sqlite3_step(statement));
            return raw.sqlite3_column_text(statement, 0).utf8_to_string();
        }
    }

    private static HashSet<sqlite3> ConnectionsIn(object start)
    {
        var (found, seen, next) = (new HashSet<sqlite3>(), new HashSet<object>(ReferenceEqualityComparer.Instance), new Stack<object>([start]));
        while (next.TryPop(out var one))
        {
            if (!seen.Add(one))
            {
                continue;
            }

            switch (one)
            {
                case sqlite3 handle when !handle.IsInvalid && !handle.IsClosed:
                    found.Add(handle);
                    continue;
                case SqliteConnection { Handle: { } handle }:
                    found.Add(handle);
                    continue;
                case string or Delegate or Type or Thread or Task or MemberInfo:
                    continue;
                case IEnumerable many when one.GetType().Namespace?.StartsWith("System", StringComparison.Ordinal) == true:
                    foreach (var item in many)
                    {
                        Push(item);
                    }

                    continue;
            }

            for (var type = one.GetType(); type?.Namespace?.StartsWith("IntegrationHub", StringComparison.Ordinal) == true; type = type.BaseType)
            {
                foreach (var field in type.GetFields(BindingFlags.Instance | BindingFlags.NonPublic | BindingFlags.Public | BindingFlags.DeclaredOnly))
                {
                    Push(field.GetValue(one));
                }
            }
        }

        return found;

        void Push(object? value)
        {
            if (value is not null && (!value.GetType().IsValueType || value.GetType().Namespace?.StartsWith("IntegrationHub", StringComparison.Ordinal) == true))
            {
                next.Push(value);
            }
        }
    }
}
