using System.Text;

namespace IntegrationHub.Hub.Tests.Institutions;

/// <summary>A small invented extract of the register of schools, in its own encoding.</summary>
internal static class Extract
{
    internal const string Header =
        "URN,LA (code),LA (name),EstablishmentName,TypeOfEstablishment (name),EstablishmentStatus (name),OpenDate,CloseDate,PhaseOfEducation (name),StatutoryLowAge,StatutoryHighAge,"
        + "Section41Approved (name),SEN1 (name),SEN2 (name),TypeOfResourcedProvision (name),SchoolCapacity,NumberOfPupils,Town,Postcode,Easting,Northing,OfstedRating (name)";

    internal static readonly string[] Lines =
    [
        "100001,330,Example Borough,Millbrook Primary School,Community school,Open,,,Primary,4,11,Not applicable,Not Applicable,SLCN - Speech,Resourced provision,420,401,Exampleton,ZZ99 1AA,400000,300000,Good",
        "100002,330,Example Borough,Hillside Special School,Community special school,Open,,,Not applicable,3,19,Not applicable,ASD - Autistic Spectrum Disorder,SLD - Severe Learning Difficulty,,90,88,Exampleton,ZZ99 1AB,401609,300000,Good",
        "100003,330,Example Borough,Café School,Other independent special school,\"Open, but proposed to close\",,31-08-2027,Not applicable,5,19,Approved,SEMH - Social,,,40,,Farham,ZZ99 1AC,,,Good",
        "100004,330,Example Borough,Old Mill Primary,Community school,Closed,,31-08-2024,Primary,4,11,Not applicable,,,,210,,Exampleton,ZZ99 1AD,400100,300100,Good",
        "100005,331,Other County,Riverside Academy,Academy converter,Open,01-09-2024,,Primary,4,11,Not applicable,,,,420,300,Elsewhere,ZZ99 1AE,420000,320000,Good",
    ];

    internal const string Links = "URN,LinkURN,LinkName,LinkType,LinkEstablishedDate\r\n100004,100005,Riverside Academy,Successor,01-09-2024\r\n100005,100004,Old Mill Primary,Predecessor,\r\n";

    internal static byte[] Bytes(params IEnumerable<string> lines) => Encoded(string.Join("\r\n", [Header, .. lines]));

    internal static byte[] Encoded(string text) => CodePagesEncodingProvider.Instance.GetEncoding(1252)!.GetBytes(text);
}
