using IntegrationHub.Sqlite;
using Microsoft.Data.Sqlite;

namespace IntegrationHub.Local.Tests.Sqlite;

/// <summary>The layer over SQLite that the bus, FHIR and the access log share.</summary>
public sealed class DataFileTests : IDisposable
{
    private static readonly IReadOnlyList<Action<DataFile>> One = [file => file.Run("CREATE TABLE word (n INTEGER PRIMARY KEY, said TEXT)")];

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("sqlite-");

    private string Path => System.IO.Path.Combine(folder.FullName, "words.db");

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public void A_file_is_brought_up_to_date_step_by_step_and_each_step_runs_once()
    {
        var ran = new List<int>();
        Action<DataFile> Step(int n) => _ => ran.Add(n);
        DataFile.Open(Path, [Step(0)]).Dispose();
        DataFile.Open(Path, [Step(0), Step(1), Step(2)]).Dispose();
        DataFile.Open(Path, [Step(0), Step(1), Step(2)]).Dispose();

        Assert.Equal([0, 1, 2], ran);
    }

    [Fact]
    public void A_step_that_fails_leaves_the_file_as_it_was()
    {
        DataFile.Open(Path, One).Dispose();
        Action<DataFile> half = file =>
        {
            file.Run("INSERT INTO word (said) VALUES ('half')");
            file.Run("INSERT INTO nowhere VALUES (1)");
        };

        Assert.Throws<SqliteException>(() => DataFile.Open(Path, [.. One, half]));

        using var again = DataFile.Open(Path, One);
        Assert.Equal(0L, again.Scalar("SELECT count(*) FROM word"));
    }

    [Fact]
    public void A_file_of_a_newer_hub_is_refused_by_its_name_and_left_as_it_is()
    {
        DataFile.Open(Path, [.. One, _ => { }]).Dispose();

        var refused = Assert.Throws<InvalidDataException>(() => DataFile.Open(Path, One));

        Assert.StartsWith("words.db has tables of version 2; this hub can read versions up to 1.", refused.Message, StringComparison.Ordinal);
        DataFile.Open(Path, [.. One, _ => { }]).Dispose();
    }

    [Fact]
    public void Values_come_back_as_they_were_given_and_no_value_is_part_of_a_statement()
    {
        using var file = DataFile.Open(Path, One);
        foreach (var said in new[] { "'); DROP TABLE word; --", "$1", "", null })
        {
            file.Run("INSERT INTO word (said) VALUES ($0)", said);
        }

        Assert.Equal(["'); DROP TABLE word; --", "$1", "", null], file.Rows("SELECT said FROM word ORDER BY n", row => row.IsDBNull(0) ? null : row.GetString(0)));
    }

    [Fact]
    public void Rows_are_read_while_there_is_room()
    {
        using var file = DataFile.Open(Path, One);
        file.Run("INSERT INTO word (said) VALUES ('a'), ('b'), ('c')");

        Assert.Equal(["a", "b"], file.Rows("SELECT said FROM word ORDER BY n", row => row.GetString(0), found => found.Count < 2));
    }

    [Fact]
    public void Statements_used_last_are_kept_and_no_more_of_them()
    {
        using var file = DataFile.Open(Path, One);
        for (var n = 0; n < 1000; n++)
        {
            Assert.Equal((long)n, file.Scalar($"SELECT {n}"));
            Assert.Equal(0L, file.Scalar("SELECT count(*) FROM word"));
        }

        Assert.Equal(DataFile.MaxStatements, file.Statements);
    }
}
