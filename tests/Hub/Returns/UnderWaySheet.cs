using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Contracts.Parties;
using IntegrationHub.Functions.Returns.UnderWay;
using IntegrationHub.Hub.Tests.Access;

namespace IntegrationHub.Hub.Tests.Returns;

/// <summary>Tables of assessments under way, as a council's spreadsheet writes them. No value of them may be in a report.</summary>
internal static class UnderWaySheet
{
    internal const string Columns =
        "Assessment,Forename,Surname,Birthdate,NhsNumber,Upn,Uln,Name,Relationship,Address1,Address2,SettingKind,Setting,SettingName,Route,ReceivedOn,PartnersToldOn,ConsultedOn,FamilySaid,DecidedOn,"
        + "Reasons,FamilyToldOn,CaseOfficer,RestrictedTo,RestrictionReason,EarlierCase,EarlierCaseReason,EarlierCaseId,NhsNumberStatus,Postcode,SensoryImpairment,ArmedForces,LacksCapacity,CapacityAssessedOn,Language";

    internal const string RequestColumns = "assessment,birthdate,kind,agency,agencyname,person,profession,registration,mail,askedon,arrivedon,cameon,forename,surname";

    /// <summary>Decided, with two requests (<see cref="Asked"/>).</summary>
    internal const string Zelphine =
        "Q-1,Zelphine,Quastrow,2016-05-09,999 000 0018,F330100199001,1000000000,\"Quennel Ostrabane, OBE\",mother,12 Wendral Street,ZZ99 3WZ,school,urn:100001,Millbrook,parent,2025-11-03,2025-11-05,10/11/2025,"
        + "\"They said \"\"yes\"\".\",2025-11-24,May be necessary.,2025-11-25,officer-17,officer-17;manager-2,A colleague's child.,,,,verified,ZZ99 3WZ,hearing,yes,,,cy";

    /// <summary>Not decided.</summary>
    internal const string Orsolin = "Q-2,Orsolin,Vendelmark,30/11/2021,,,,Ixandra Vendelmark,father,3 Wendral Street,ZZ99 3WZ,none,,,becameResponsible,2026-01-12,,,,,,,,,,,,,,,,,,,";

    internal const string Asked = "q-1,2016-05-09,familyViews,,,,,,,2025-11-25,,,,\nQ-1,09/05/2016,Medical,ods:RX1,Trust,,,,,2025-11-25,2025-11-26,2025-12-20,Zelphine,Quastrow";

    internal static readonly DateOnly Today = new(2026, 1, 20);

    internal static UnderWaySource Source { get; } = new(HubUnderTest.Own, new Agency { Id = AgencyIdOf("ods:QHL"), Name = "Board" }, "a.csv, SHA-256 00; r.csv, SHA-256 11");

    internal static UnderWayTables Read(string assessments, string requests = "", string columns = Columns, string requestColumns = RequestColumns) =>
        UnderWayTables.Read(new StringReader($"{columns}\r\n{assessments}"), new StringReader($"{requestColumns}\r\n{requests}"), Source, Today);

    /// <summary>A sound row with other values in some columns.</summary>
    internal static string With(string row, params (string Column, string Value)[] changes)
    {
        var (names, cells) = (Columns.Split(','), Split(row));
        foreach (var (column, value) in changes)
        {
            cells[Array.FindIndex(names, name => name.Equals(column, StringComparison.OrdinalIgnoreCase))] = value;
        }

        return string.Join(',', cells);
    }

    /// <summary>The cells of a row, with their quotation marks.</summary>
    private static List<string> Split(string row)
    {
        var (cells, quoted) = (new List<string> { "" }, false);
        foreach (var letter in row)
        {
            quoted ^= letter == '"';
            if (letter == ',' && !quoted)
            {
                cells.Add("");
            }
            else
            {
                cells[^1] += letter;
            }
        }

        return cells;
    }

    private static AgencyId AgencyIdOf(string text) => AgencyId.TryParse(text, out var id, out var problem) ? id : throw new ArgumentException(problem);
}
