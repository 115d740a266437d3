using IntegrationHub.Contracts.Advice;
using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Contracts.Parties;
using IntegrationHub.Orchestrations.Advice;
using IntegrationHub.Orchestrations.Assessments;

namespace IntegrationHub.Core.Tests.Assessments;

/// <summary>People who work for no organisation are asked by name and address, and by nothing else.</summary>
public sealed class AskPersonTests
{
    private static AskPersonForAdvice Jo => new(AdviceKind.Other, "Jo Example", "occupational therapist", "jo@practice.example", "Jo treats the child.", "OT12345");

    [Fact]
    public void The_request_names_the_person_and_binds_nobody_by_law()
    {
        var life = Life.Assessing().Do(Jo);
        var request = life.State.Requests[^1];
        Assert.Equal(("Jo Example, occupational therapist (OT12345)", AgencyScheme.Person, AnswerDuty.Invited, "reg 6(1)(f)"), (request.Agency!.Name, request.Agency.Id.Scheme, request.Duty, request.LegalBasis));
        Assert.Equal(new PersonAsked("Jo Example", "occupational therapist", "jo@practice.example", "OT12345"), request.Person);
        Assert.DoesNotContain("jo", request.Agency.Id.Value, StringComparison.OrdinalIgnoreCase);
        life.Refused("already-asked", Jo with { Mail = "JO@practice.example" });
        life.Refused("works-alone", new PassOnAdviceRequest(request.Id, "Kim Example", "kim@practice.example"), Cases.As(request.Agency));
    }

    [Fact]
    public void One_address_has_one_id_within_the_case()
    {
        var life = Life.Assessing().Do(Jo).Do(Jo with { Kind = AdviceKind.PreparationForAdulthood }).Do(Jo with { Mail = "kim@home.example", Name = "Kim Example" });
        Assert.Equal([1, 1, 2], life.State.Requests.Where(r => r.Person is not null).Select(r => r.Agency!.Id.Value[^1] - '0'));
    }

    [Theory]
    [InlineData("mail-not-usable", "jo at practice.example", "PYL12345")]
    [InlineData("registration-missing", "jo@practice.example", null)]
    [InlineData("registration-missing", "jo@practice.example", "OT12345")]
    [InlineData("registration-not-usable", "jo@practice.example", " ")]
    [InlineData("registration-not-usable", "jo@practice.example", "a register and its number of so many letters")]
    public void What_cannot_be_is_refused(string code, string mail, string? registration) =>
        Life.Assessing().Refused(code, Jo with { Kind = AdviceKind.Psychological, Mail = mail, Registration = registration });

    [Fact]
    public void A_psychologist_in_private_practice_takes_the_place_of_the_councils_own()
    {
        var life = Life.Assessing();
        var own = life.State.Requests.Single(r => r.Kind == AdviceKind.Psychological);
        life.Do(Jo with { Kind = AdviceKind.Psychological, Profession = "educational psychologist", Registration = "pyl12345", InPlaceOf = own.Id });
        Assert.Equal((RequestStatus.Withdrawn, "reg 6(1)(d)"), (life.State.Requests.Single(r => r.Id == own.Id).Status, life.State.Requests[^1].LegalBasis));
    }

    [Fact]
    public void Without_an_address_nobody_is_asked_as_a_person()
    {
        var life = Life.Assessing().Do(Jo);
        var known = new Agency { Id = life.State.Requests[^1].Agency!.Id, Name = "Jo Example" };
        life.Refused("no-address", new RequestAdvice(AdviceKind.PreparationForAdulthood, known, "Again."));
        life.Refused("no-address", new NameAdviser(AdviceKind.PreparationForAdulthood, known));
    }
}
