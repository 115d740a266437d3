using System.Text.Json;
using System.Text.Unicode;

namespace IntegrationHub.Orchestrations.StatutoryClock.Batch;

/// <summary>
/// Reads the facts from one line of the batch format. Reading is strict on purpose, because a date would be wrong if a misspelt field were
/// silently ignored. <c>null</c> is treated as absent. Error messages never repeat a value, because values
/// can be personal data.
/// </summary>
internal ref partial struct CaseLine
{
    private Utf8JsonReader reader;
    private DateOnly? received;
    private DateOnly? decisionNotified;
    private DateOnly? draftServed;
    private DateOnly? institutionConsulted;
    private DateOnly? planIssued;
    private bool refused;
    private bool hasId;
    private IReadOnlyList<AdviceFact>? advice;
    private IReadOnlyList<ExceptionFact>? exceptions;
    private Later later;
    private string problem;

    private CaseLine(ReadOnlySpan<byte> line)
    {
        reader = new Utf8JsonReader(line);
        problem = "";
    }

    /// <summary>The facts that the line contains, or null with a description of what is wrong with the line.</summary>
    /// <exception cref="JsonException">The line is not JSON.</exception>
    /// <exception cref="InvalidOperationException">A string in the line is not valid Unicode.</exception>
    internal static CaseFacts? Read(ReadOnlySpan<byte> line, out string problem)
    {
        var reading = new CaseLine(line);
        var read = reading.ReadCase();
        problem = reading.problem;
        if (!read)
        {
            return null;
        }

        // In this format a refused request has no time limits for advice, unless the original time limits are in force again.
        var dispute = reading.Dispute();
        return new CaseFacts
        {
            Received = reading.received,
            Refused = reading.refused,
            RefusalNotified = reading.decisionNotified,
            Advice = reading.refused && !dispute.RestoresFirstLimits ? [] : reading.advice ?? [],
            Exceptions = reading.exceptions ?? [],
            DraftServed = reading.draftServed,
            InstitutionsConsulted = reading.institutionConsulted is { } sent ? [new ConsultationFact(null, sent)] : [],
            NoPlanNotified = reading.later.NoPlanNotified,
            PlanIssued = reading.planIssued,
            Dispute = dispute,
            PlanLife = reading.PlanLife(),
        };
    }

    private bool ReadCase()
    {
        reader.Read();
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            return Wrong("", "a JSON object is expected");
        }

        var seen = 0;
        while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
        {
            if (!Field(CaseWords.CaseFields, "", ref seen, out var field) || !CaseField(field))
            {
                return false;
            }
        }

        // Reads once more, so that the reader throws an exception if anything follows the object.
        reader.Read();
        return hasId ? HasWhatItNeeds() : Wrong("id", "is missing");
    }

    private bool CaseField(int field)
    {
        switch (field)
        {
            case 0:
                hasId = reader.TokenType is JsonTokenType.String or JsonTokenType.Number;

                // The answer repeats the id. If the id could not be written as text, nobody could tell which case the answer is about.
                return !hasId ? Wrong("id", "a text is expected") : Utf8.IsValid(reader.ValueSpan) || Wrong("id", "is not in UTF-8");
            case 1:
                return Day("received", ref received);
            case 2:
                refused = reader.TokenType == JsonTokenType.String && reader.ValueTextEquals("refuse"u8);
                return refused || reader.TokenType == JsonTokenType.Null || Wrong("decision", "\"refuse\" is the only value");
            case 3:
                return Day("decisionNotified", ref decisionNotified);
            case 4:
                return Advice();
            case 5:
                return Exceptions();
            case 6:
                return Day("draftServed", ref draftServed);
            case 7:
                return Day("institutionConsulted", ref institutionConsulted);
            case 8:
                return Day("planIssued", ref planIssued);
            default:
                return LaterField(field);
        }
    }

    private bool Advice()
    {
        if (!StartOfList("advice"))
        {
            return reader.TokenType == JsonTokenType.Null;
        }

        var read = new List<AdviceFact>();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            var at = $"advice[{read.Count}]";
            if (reader.TokenType != JsonTokenType.StartObject)
            {
                return Wrong(at, "an object is expected");
            }

            var (seen, kind, requested, reached) = (0, -1, default(DateOnly?), default(DateOnly?));
            while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
            {
                if (!Field(CaseWords.AdviceFields, at, ref seen, out var field))
                {
                    return false;
                }

                var fine = field switch
                {
                    0 => Word(CaseWords.AdviceKinds, at, "kind", out kind),
                    1 => Day("requested", ref requested, at),
                    _ => Day("receivedByBody", ref reached, at),
                };
                if (!fine)
                {
                    return false;
                }
            }

            if (kind < 0 || requested is null)
            {
                return Wrong($"{at}.{(kind < 0 ? "kind" : "requested")}", "is missing");
            }

            read.Add(new AdviceFact
            {
                Key = CaseWords.AdviceKinds[kind],
                Kind = CaseWords.KindAt(kind),
                Requested = requested.Value,
                ReceivedByBody = reached,
            });
        }

        advice = read;
        return true;
    }

    private bool Exceptions()
    {
        if (!StartOfList("exceptions"))
        {
            return reader.TokenType == JsonTokenType.Null;
        }

        var read = new List<ExceptionFact>();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            var at = $"exceptions[{read.Count}]";
            if (reader.TokenType != JsonTokenType.StartObject)
            {
                return Wrong(at, "an object is expected");
            }

            var (seen, ground, kind) = (0, -1, -1);
            DateOnly? from = null, to = null, on = null;
            while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
            {
                if (!Field(CaseWords.ExceptionFields, at, ref seen, out var field))
                {
                    return false;
                }

                var fine = field switch
                {
                    0 => Word(CaseWords.Grounds, at, "ground", out ground),
                    1 => Day("from", ref from, at),
                    2 => Day("to", ref to, at),
                    3 => Word(CaseWords.AdviceKinds, at, "advice", out kind),
                    _ => Day("on", ref on, at),
                };
                if (!fine)
                {
                    return false;
                }
            }

            if (Exception(at, ground, from, to, kind, on) is not { } exception)
            {
                return false;
            }

            read.Add(exception);
        }

        exceptions = read;
        return true;
    }

    private ExceptionFact? Exception(string at, int ground, DateOnly? from, DateOnly? to, int kind, DateOnly? on)
    {
        var missed = ground >= 0 && CaseWords.GroundAt(ground) == Ground.MissedAppointment;
        var (field, what) = (ground, missed) switch
        {
            ( < 0, _) => ("ground", "is missing"),
            (_, true) when kind < 0 => ("advice", "is missing"),
            (_, true) when on is null => ("on", "is missing"),
            (_, true) when from is not null || to is not null => (from is null ? "to" : "from", "is not allowed for a missed appointment"),
            (_, true) => ("", ""),
            _ when from is null => ("from", "is missing"),
            _ when to is null => ("to", "is missing"),
            _ when to < from => ("to", "is before \"from\""),
            _ when kind >= 0 || on is not null => (kind >= 0 ? "advice" : "on", "is allowed only for a missed appointment"),
            _ => ("", ""),
        };
        if (field.Length > 0)
        {
            Wrong($"{at}.{field}", what);
            return null;
        }

        return missed
            ? new ExceptionFact(Ground.MissedAppointment, on!.Value, on.Value, AdviceKind: CaseWords.KindAt(kind))
            : new ExceptionFact(CaseWords.GroundAt(ground), from!.Value, to!.Value);
    }

    // Moves the JSON reader to the value of the field; the field must be known and must not have occurred before.
    private bool Field(string[] names, string at, ref int seen, out int field)
    {
        field = CaseWords.Find(names, ref reader);
        if (field < 0)
        {
            return Wrong(at, $"{CaseWords.Quote(ref reader)} is not a field of this object; the fields are {string.Join(", ", names)}");
        }

        if ((seen & (1 << field)) != 0)
        {
            return Wrong(at.Length == 0 ? names[field] : $"{at}.{names[field]}", "is given twice");
        }

        seen |= 1 << field;
        return reader.Read();
    }

    private bool StartOfList(string name) =>
        reader.TokenType is JsonTokenType.StartArray || (reader.TokenType != JsonTokenType.Null && Wrong(name, "a list is expected"));

    private bool Word(string[] words, string at, string name, out int word)
    {
        word = reader.TokenType == JsonTokenType.String ? CaseWords.Find(words, ref reader) : -1;
        return word >= 0 || Wrong($"{at}.{name}", $"one of {string.Join(", ", words)} is expected");
    }

    private bool Day(string name, ref DateOnly? day, string at = "")
    {
        if (reader.TokenType == JsonTokenType.Null)
        {
            return true;
        }

        if (reader.TokenType == JsonTokenType.String && CaseWords.TryDay(ref reader, out var read))
        {
            day = read;
            return true;
        }

        return Wrong(at.Length == 0 ? name : $"{at}.{name}", "a date like 2025-06-02, in the years 1900 to 2999, is expected");
    }

    private bool Wrong(string where, string what)
    {
        problem = where.Length == 0 ? what : $"{where}: {what}";
        return false;
    }
}
