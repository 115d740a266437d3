using Hl7.Fhir.Model;
using IntegrationHub.Contracts.Fhir;
using IntegrationHub.Contracts.Fhir.Subjects;
using IntegrationHub.Fhir.Tests;
using IntegrationHub.Functions.Nhs.Exchange;
using FhirTask = Hl7.Fhir.Model.Task;
using Task = System.Threading.Tasks.Task;

namespace IntegrationHub.Hub.Tests.Nhs;

/// <summary>
/// Parts of one answer, none of which contradicts what the hub knows of the child. If they contradict each other, one of them is about
/// another child.
/// </summary>
public sealed class OneAnswerTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static TheoryData<string, Patient, Patient, bool> Pairs => new()
    {
        { "one NHS number", With("9449307873"), With("944 930 7873"), true },
        { "two NHS numbers", With("9449307873"), With("9449305552"), false },
        { "one pupil number", WithUpn("Q330100101501"), WithUpn("q330100101501"), true },
        { "two pupil numbers", WithUpn("Q330100101501"), WithUpn("V330000000112"), false },
        { "a former pupil number", WithUpn("Q330100101501"), WithUpn("V330000000112", Identifier.IdentifierUse.Old), true },
        { "one further name", Called("Meir James"), Called("Meir J"), true },
        { "a name that only one gives", Called("Meir James"), Called("Meir"), true },
        { "two further names", Called("Meir James"), Called("Meir Peter"), false },
    };

    [Theory]
    [MemberData(nameof(Pairs))]
    public void They_are_compared_with_each_other(string what, Patient one, Patient other, bool isSame)
    {
        var ask = Given.Ask();
        var known = new KnownChild { Assessment = ask.Assessment, Child = ask.Child with { NhsNumber = null, NhsNumberStatus = null }, References = new HashSet<string>() };
        foreach (var (first, second) in new[] { (one, other), (other, one) })
        {
            var said = new SubjectStatements();
            Assert.Empty(SubjectReader.Read(first, known, _ => null, said: said).Contradictions);
            Assert.Equal((what, isSame), (what, SubjectReader.Read(second, known, _ => null, said: said).Contradictions.Count == 0));
            Assert.Empty(SubjectReader.Read(second, known, _ => null).Contradictions);
        }
    }

    [Theory]
    [InlineData("9449307873", 200)]
    [InlineData("9449305552", 422)]
    public async Task Two_outputs_of_one_Task_with_two_numbers_are_refused(string second, int status)
    {
        await using var host = await FhirHost.Start();
        await host.Get<FhirPublisher>().PublishAsync(Given.Ask() with { Child = Given.Ask().Child with { NhsNumber = null, NhsNumberStatus = null } }, Cancel);
        using var accepted = await Answering.Move(host.Client(), task => task.Status = FhirTask.TaskStatus.Accepted);
        var letters = new List<string> { await LetterAsync(host, "9449307873"), await LetterAsync(host, second) };

        using var response = await Answering.Move(host.Client(), task =>
        {
            Answering.Complete(task, letters[0]);
            task.Output.Add((FhirTask.OutputComponent)task.Output[0].DeepCopy());
            task.Output[1].Value = new ResourceReference(letters[1]);
        });

        Assert.Equal(status, (int)response.StatusCode);
        Assert.Equal(status == 200 ? 2 : 1, host.Exchange.Delivered.Count);
        if (status == 422)
        {
            Assert.Contains("Task.output", (await response.Refusal()).Item2.Expression.Single(), StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("9449307873", 200)]
    [InlineData("9449305552", 422)]
    public async Task A_new_version_of_one_output_is_compared_with_the_others(string corrected, int status)
    {
        await using var host = await FhirHost.Start();
        await host.Get<FhirPublisher>().PublishAsync(Given.Ask() with { Child = Given.Ask().Child with { NhsNumber = null, NhsNumberStatus = null } }, Cancel);
        using var accepted = await Answering.Move(host.Client(), task => task.Status = FhirTask.TaskStatus.Accepted);
        var letters = new List<string> { await LetterAsync(host, "9449307873"), await LetterAsync(host, "9449307873") };
        using var completed = await Answering.Move(host.Client(), task =>
        {
            Answering.Complete(task, letters[0]);
            task.Output.Add((FhirTask.OutputComponent)task.Output[0].DeepCopy());
            task.Output[1].Value = new ResourceReference(letters[1]);
        });
        Assert.Equal(200, (int)completed.StatusCode);

        var letter = await host.Client().GetResource<DocumentReference>(letters[1]);
        letter.DocStatus = CompositionStatus.Amended;
        letter.Description = "Another wording";
        ((Patient)letter.Contained[0]).Identifier[0].Value = corrected;
        using var response = await host.Client().Send(HttpMethod.Put, letters[1], FhirCalls.Body(letter));

        Assert.Equal(status, (int)response.StatusCode);
    }

    private static async Task<string> LetterAsync(FhirHost host, string number)
    {
        var letter = new DocumentReference
        {
            Status = DocumentReferenceStatus.Current,
            Subject = new ResourceReference("#p"),
            Contained = [new Patient { Id = "p", Identifier = [new Identifier(FhirUris.NhsNumber, number)] }],
            Context = new() { Related = [new ResourceReference($"Task/{Answering.TaskId}")] },
            Content = [new() { Attachment = new Attachment { ContentType = "text/plain", Data = System.Text.Encoding.UTF8.GetBytes($"Report {Guid.NewGuid():N}.") } }],
        };
        using var created = await host.Client().PostAsync("DocumentReference", FhirCalls.Body(letter), Cancel);
        Assert.Equal(201, (int)created.StatusCode);
        return $"DocumentReference/{(await created.Resource<DocumentReference>()).Id}";
    }

    private static Patient With(string number) => new() { Identifier = [new Identifier(FhirUris.NhsNumber, number)] };

    private static Patient WithUpn(string number, Identifier.IdentifierUse? use = null) => new() { Identifier = [new Identifier(FhirUris.Upn, number) { Use = use }] };

    private static Patient Called(string names) => new() { Name = [new HumanName { Family = "Lieberman", Given = names.Split(' ') }], BirthDate = "2015-12-19" };
}
