using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Functions.Institutions;
using IntegrationHub.Functions.Monitoring.Board;
using IntegrationHub.Functions.Workspace.Cases;
using IntegrationHub.Orchestrations.Assessments;

namespace IntegrationHub.Hub.Tests.Workspace;

/// <summary>Who is expected to change phase, by school year and by the age up to which the school teaches.</summary>
public sealed class ExpectedTransferTests
{
    private const string Register =
        "URN,EstablishmentName,TypeOfEstablishment (name),EstablishmentStatus (name),PhaseOfEducation (name),StatutoryLowAge,StatutoryHighAge\r\n"
        + "100011,Infants,Community school,Open,Primary,4,7\r\n100012,First,Community school,Open,Primary,4,9\r\n100013,Primary,Community school,Open,Primary,4,11\r\n"
        + "100014,Middle,Community school,Open,Middle deemed secondary,9,13\r\n100015,Secondary,Community school,Open,Secondary,11,18\r\n100016,Special,Community special school,Open,Not applicable,3,19\r\n100017,Unknown ages,Community school,Open,Primary,,\r\n";

    [Theory]
    [InlineData("100013", -1, null)]
    [InlineData("100013", 0, TransferOfPhase.EarlyYearsToSchool)]
    [InlineData("100013", 1, null)]
    [InlineData("100011", 2, null)]
    [InlineData("100011", 3, TransferOfPhase.InfantToJunior)]
    [InlineData("100013", 3, null)]
    [InlineData("100012", 4, null)]
    [InlineData("100012", 5, TransferOfPhase.PrimaryToMiddle)]
    [InlineData("100013", 6, null)]
    [InlineData("100013", 7, TransferOfPhase.PrimaryToSecondary)]
    [InlineData("100016", 7, null)]
    [InlineData("100017", 7, TransferOfPhase.PrimaryToSecondary)]
    [InlineData("100099", 7, TransferOfPhase.PrimaryToSecondary)]
    [InlineData(null, 7, TransferOfPhase.PrimaryToSecondary)]
    [InlineData(null, 5, null)]
    [InlineData("100014", 8, null)]
    [InlineData("100014", 9, TransferOfPhase.MiddleToSecondary)]
    [InlineData("100015", 9, null)]
    [InlineData("100015", 11, null)]
    [InlineData("100015", 12, TransferOfPhase.SecondaryToPost16)]
    [InlineData("100016", 12, TransferOfPhase.SecondaryToPost16)]
    [InlineData("100015", 13, null)]
    public void By_the_year_group_that_begins_and_the_age_up_to_which_the_school_teaches(string? urn, int group, TransferOfPhase? expected)
    {
        var schools = new LoadedRegister(new RegisterSource("invented.csv", "", new DateOnly(2026, 11, 29), false), GiasFile.Read(new MemoryStream(System.Text.Encoding.ASCII.GetBytes(Register))).Rows);
        var at = urn is null ? (AgencyId?)null : AgencyId.TryParse($"urn:{urn}", out var id, out _) ? id : throw new FormatException(urn);

        var found = ExpectedTransfer.Of(new PlanCohort(2027 - group, at, null), 2027, schools);

        Assert.Equal(expected, found?.Transfer);
        Assert.True(found is null or { Year: 2027, Step: TransferStep.ToConfirm, Due: null });
    }

    [Fact]
    public void What_is_on_record_of_the_year_comes_first_and_who_stays_is_not_listed()
    {
        var known = new CohortTransfer(TransferOfPhase.PrimaryToMiddle, 2027, TransferStep.Placed, new DateOnly(2027, 2, 14));

        Assert.Equal(known, ExpectedTransfer.Of(new PlanCohort(2020, null, known), 2027, null));
        Assert.Null(ExpectedTransfer.Of(new PlanCohort(2020, null, known with { Transfer = TransferOfPhase.Stays }), 2027, null));
        Assert.Equal(TransferOfPhase.PrimaryToSecondary, ExpectedTransfer.Of(new PlanCohort(2021, null, known), 2028, null)!.Transfer);
        Assert.True(known.IsLate(new DateOnly(2027, 2, 15)));
        Assert.False(known.IsLate(new DateOnly(2027, 2, 14)));
        Assert.False((known with { Step = TransferStep.PlanSent }).IsLate(new DateOnly(2027, 2, 15)));
    }
}
