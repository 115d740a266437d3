using IntegrationHub.Orchestrations.Assessments;

namespace IntegrationHub.Core.Tests.Assessments;

/// <summary>A correction of the child's facts reaches every place that was told about the child.</summary>
public class CorrectionTests
{
    [Fact]
    public void Every_request_that_went_to_an_agency_is_told_of_another_child_whether_it_is_open_or_not()
    {
        var life = Life.Assessing();
        var asked = life.State.Requests.Where(r => r.Agency is not null).ToList();
        life.Do(new WithdrawAdviceRequest(asked[0].Id, "Not needed."));

        life.Do(new CorrectFacts("Another child's details.", Child: Cases.Facts.Child with { GivenName = "Annabel" }));

        Assert.Equal(
            asked.Select(r => new SendCorrection(r.Id, r.Agency!.Id)).OrderBy(e => e.RequestId, StringComparer.Ordinal),
            life.Effects.OfType<SendCorrection>().OrderBy(e => e.RequestId, StringComparer.Ordinal));
    }

    [Fact]
    public void A_correction_of_what_no_body_was_told_tells_nobody()
    {
        var life = Life.Assessing();

        life.Do(new CorrectFacts("The letter was stamped earlier.", life.State.Facts!.ReceivedOn.AddDays(-1)));

        Assert.DoesNotContain(life.Effects, e => e is SendCorrection);
    }

    [Fact]
    public void Advice_that_came_before_is_put_before_a_person()
    {
        var life = Life.Consulting();

        life.Do(new CorrectFacts("Another child's details.", Child: Cases.Facts.Child with { FamilyName = "Annesley" }));

        Assert.Contains(life.State.Attention, a => a.Id == "child-corrected");
    }
}
