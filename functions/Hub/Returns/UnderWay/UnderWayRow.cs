using IntegrationHub.Contracts.Advice;
using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Contracts.Parties;
using IntegrationHub.Orchestrations.Advice;
using IntegrationHub.Orchestrations.Assessments;
using static IntegrationHub.Functions.Returns.SuppliedContacts;

namespace IntegrationHub.Functions.Returns.UnderWay;

/// <summary>One row of the table of assessments.</summary>
/// <param name="Place">The place of the row.</param>
/// <param name="Reference">The reference of the assessment in the earlier system.</param>
/// <param name="Facts">The facts with which the case is opened.</param>
/// <param name="Step">The step that opens the case, without its requests.</param>
/// <param name="Then">The steps that follow in the same commit.</param>
/// <param name="Uln">The child's unique learner number, if it is given.</param>
/// <param name="Findings">Errors and doubts about the row.</param>
internal sealed record UnderWayRow(
    string Place, string Reference, OpeningFacts Facts, TakeOverAssessment Step, IReadOnlyList<AssessmentInput> Then, Uln? Uln, IReadOnlyList<Sen2Finding> Findings)
{
    internal static readonly TableForm Form = new(
        "Assessments",
        "Assessment",
        [
            "assessment", "forename", "surname", "birthdate", "nhsnumber", "nhsnumberstatus", "upn", "uln", "postcode", "name", "relationship", "address1", "address2", "address3", "address4", "address5",
            "address6", "address7", "email", "electronicserviceagreedon", "mobile", "telephone", "language", "interpreter", "accessibleformat", "settingkind", "setting", "settingname", "icb", "icbname",
            "route", "receivedon", "sensoryimpairment", "armedforces", "lackscapacity", "capacityassessedon", "alternativeperson", "partnerstoldon", "consultedon", "familysaid", "decidedon", "reasons",
            "familytoldon", "caseofficer", "restrictedto", "restrictionreason", "earliercase", "earliercasereason", "earliercaseid",
        ],
        ["assessment", "forename", "surname", "birthdate", "name", "relationship", "settingkind", "route", "receivedon"]);

    /// <summary>Whether the child is known well enough to be compared with the children of other rows.</summary>
    internal bool HasChild => Facts.Child is { GivenName.Length: > 0, FamilyName.Length: > 0 } && Facts.Child.DateOfBirth != default;

    internal static UnderWayRow Of(ContactRow row, UnderWaySource source, DateOnly today)
    {
        var cells = new CellReader(row);
        cells.Add(row.Check(today));
        if (row["language"] is not (null or "en" or "cy"))
        {
            cells.Error("language", "unknown-code", "Use one of: en, cy.");
        }

        var reference = cells.NeededText("assessment");
        var facts = new OpeningFacts
        {
            Route = cells.NeededCode<RequestRoute>("route"),
            ReceivedOn = cells.NeededDay("receivedon"),
            Child = new Child
            {
                GivenName = cells.NeededText("forename"),
                FamilyName = cells.NeededText("surname"),
                DateOfBirth = cells.NeededDay("birthdate"),
                NhsNumber = cells.Number<NhsNumber>("nhsnumber"),
                NhsNumberStatus = cells.Code<NhsNumberStatus>("nhsnumberstatus"),
                Upn = cells.Number<Upn>("upn"),
                Postcode = cells.Text("postcode"),
            },

            // The columns of the contact were checked above; a row without a name or relationship has an error and is not used.
            Family = row["name"] is null || row["relationship"] is null ? new FamilyContact { Name = "", Relationship = "" } : row.Contact(),
            SettingKind = cells.NeededCode<SettingKind>("settingkind"),
            Setting = cells.AgencyIn("setting", "settingname"),
            Icb = cells.AgencyIn("icb", "icbname") ?? source.Icb,
            SensoryImpairment = cells.Code<SensoryImpairment>("sensoryimpairment") ?? SensoryImpairment.None,
            ParentServesInArmedForces = cells.Flag("armedforces") ?? false,
            Capacity = CapacityIn(cells),
            EarlierCase = EarlierCaseIn(cells),
        };
        var step = new TakeOverAssessment(
            facts, $"Earlier system, case {reference}. {source.Name}, {row.Place}", cells.Day("consultedon"), cells.Text("familysaid"), cells.Day("partnerstoldon"), cells.Day("decidedon"),
            cells.Text("reasons"), cells.Day("familytoldon"), []);
        var uln = cells.Number<Uln>("uln");
        return new(row.Place, reference, facts, step, [.. StepsAfter(cells, uln)], uln, cells.Findings);
    }

    private static CapacityRecord? CapacityIn(CellReader cells)
    {
        cells.OnlyWith("lackscapacity", "capacityassessedon", "alternativeperson");
        return cells.Flag("lackscapacity") is { } lacks ? new CapacityRecord(lacks, cells.NeededDay("capacityassessedon"), cells.Text("alternativeperson")) : null;
    }

    private static EarlierCaseDecision? EarlierCaseIn(CellReader cells)
    {
        cells.OnlyWith("earliercase", "earliercasereason", "earliercaseid");
        return cells.Code<EarlierCaseAnswer>("earliercase") is { } answer
            ? new EarlierCaseDecision(answer, cells.NeededText("earliercasereason"), cells.Number<AssessmentId>("earliercaseid"))
            : null;
    }

    /// <summary>What the step that opens a case does not contain, but the row does.</summary>
    private static IEnumerable<AssessmentInput> StepsAfter(CellReader cells, Uln? uln)
    {
        cells.OnlyWith("restrictedto", "restrictionreason");
        if (cells.Text("restrictedto") is { } named)
        {
            yield return new RestrictCase(named.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries), cells.NeededText("restrictionreason"));
        }

        if (cells.Text("caseofficer") is { } officer)
        {
            yield return new AssignCaseOfficer(officer);
        }

        if (uln is not null)
        {
            yield return new RecordChildFacts(Uln: uln);
        }
    }
}

/// <summary>One row of the table of requests for advice.</summary>
/// <param name="Place">The place of the row.</param>
/// <param name="Row">The row.</param>
/// <param name="Request">The request.</param>
/// <param name="Findings">Errors of the row.</param>
internal sealed record RequestRow(string Place, ContactRow Row, RequestUnderWay Request, IReadOnlyList<Sen2Finding> Findings)
{
    internal static readonly TableForm Form = new(
        "Requests",
        "Request",
        [
            "assessment", "forename", "surname", "birthdate", "kind", "agency", "agencyname", "person", "profession", "registration", "mail", "askedon", "arrivedon", "cameon",
        ],
        ["assessment", "birthdate", "kind", "askedon"]);

    internal static RequestRow Of(ContactRow row)
    {
        var cells = new CellReader(row);
        cells.NeededText("assessment");
        cells.NeededDay("birthdate");
        cells.OnlyWith("person", "profession", "registration", "mail");
        var person = cells.Text("person") is { } name ? new PersonAsked(name, cells.NeededText("profession"), cells.NeededText("mail"), cells.Text("registration")) : null;
        var request = new RequestUnderWay(
            cells.NeededCode<AdviceKind>("kind"), cells.NeededDay("askedon"), cells.AgencyIn("agency", "agencyname"), person, cells.Day("arrivedon"), cells.Day("cameon"));
        return new(row.Place, row, request, cells.Findings);
    }
}
