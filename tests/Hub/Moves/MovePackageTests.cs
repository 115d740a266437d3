using System.IO.Compression;
using IntegrationHub.Contracts.Advice;
using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Contracts.Plans;
using IntegrationHub.Core.Tests.Assessments;
using IntegrationHub.Functions.Moves;
using IntegrationHub.Functions.Plans.Keeping;
using IntegrationHub.Orchestrations.Assessments;

namespace IntegrationHub.Hub.Tests.Moves;

/// <summary>A plan goes to another council's hub in one signed package: none of it changes on the way, and nothing else arrives.</summary>
public sealed class MovePackageTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_plan_its_chain_and_every_document_arrive_byte_for_byte()
    {
        using var moving = await MovingPlan.ReadyAsync();
        var package = await moving.PackageAsync();

        var (taken, problem) = await moving.TakeAsync(package);

        Assert.True(taken is not null, problem);
        var state = (await moving.Arrived.LoadAsync(taken.Value, Stop)).State;
        var names = (await moving.Old.ListAsync($"{PlanStore.FolderOf(Cases.Id)}/", Stop)).Value!;
        Assert.True(names.Count(name => name.Contains("/plan/", StringComparison.Ordinal)) >= 6, "two versions in three forms");
        foreach (var name in names)
        {
            var left = (await moving.Old.ReadAsync(name, Stop)).Value!.Bytes;
            var document = Assert.Single(state.Documents, one => one.Document.Sha256 == PlanJson.ContentHash(left)).Document;
            Assert.Equal(left, (await moving.New.ReadAsync(document.Token, Stop)).Value!.Bytes);
        }

        Assert.Contains(state.Documents, one => one.Document.Sha256 == PlanJson.ContentHash(package));
        Assert.Equal(moving.Life.State.Advice.Select(AdviceAsText.Of).Select(bytes => PlanJson.ContentHash(bytes)).Except(state.Documents.Select(one => one.Document.Sha256)), []);
        Assert.True((await new PlanStore(moving.New, TimeProvider.System).VerifyAsync(taken.Value, null, Stop)).Value!.IsIntact);
    }

    [Fact]
    public async Task The_new_council_maintains_the_plan_with_its_own_limits_and_can_review_it_line_by_line()
    {
        using var moving = await MovingPlan.ReadyAsync();
        var (taken, problem) = await moving.TakeAsync(await moving.PackageAsync());
        Assert.True(taken is not null, problem);
        var state = (await moving.Arrived.LoadAsync(taken.Value, Stop)).State;
        var old = moving.Life.State;

        Assert.True(MaintainedPlan.IsMaintainedHere(state));
        Assert.Equal(old.FinalPlanSentOn, state.TakenOver!.Plan.IssuedOn);
        Assert.Equal(Cases.Council, state.TakenOver.Plan.FromCouncil);
        Assert.Equal(moving.Today, state.TakenOver.Plan.TransferredOn);
        Assert.Equal(Reviews.NotifiedOn(old, old.Reviews[^1]), state.TakenOver.Plan.LastReviewedOn);
        foreach (var letter in Enum.GetValues<PlanSectionLetter>())
        {
            Assert.Equal(old.NewestPlan!.Section(letter).Lines.Select(line => line.Text), state.NewestPlan!.Section(letter).Lines.Select(line => line.Text));
        }

        var limits = Limits.Of(state, moving.Today, moving.Life.Rules);
        Assert.Equal((LimitStatus.Open, moving.Today.AddDays(42)), limits.Where(l => l.Limit.Key == "transferInform").Select(l => (l.Standing, l.Limit.Due!.Value)).Single());
        Assert.Equal(LimitStatus.Open, limits.Single(l => l.Limit.Key == "transferReview").Standing);

        // What the family agreed with the council that they left, and where they lived there, does not come along.
        Assert.Null(state.Facts!.Family.ElectronicServiceAgreedOn);
        Assert.Null(state.Facts.Family.PostalAddress);
        Assert.Equal("Sam Example", state.Facts.Family.Name);
        Assert.Contains(state.Attention, a => a.Text.Contains("the family's address in this council's area", StringComparison.Ordinal));

        // The other parent is still told, at an address that nobody else learns; whom the family lets help it here, it is asked.
        var parent = Assert.Single(state.People);
        Assert.Equal(("Jo Otherparent", true, true, null), (parent.Name, parent.ParentalResponsibility, parent.AddressIsSecret, parent.ElectronicServiceAgreedOn));
        Assert.Equal(old.People[0].PostalAddress, parent.PostalAddress);
        Assert.Contains(state.CaseNotes, note => note.Text.Contains("Ask the family whether they want a supporter here", StringComparison.Ordinal));
        Assert.Equal((Sex.Male, "WBRI"), (state.ChildFacts!.Sex!.Value, state.ChildFacts.Ethnicity));
        Assert.Equal([SenNeed.Asd, SenNeed.Slcn], state.ChildFacts.Needs);
    }

    [Fact]
    public async Task A_restricted_case_is_not_opened_before_somebody_is_named_and_then_to_nobody_else_at_any_time()
    {
        using var moving = await MovingPlan.ReadyAsync(restrictedTo: ["aunt-manager-330", "officer-330"]);
        var package = await moving.PackageAsync();

        var (none, problem) = await moving.TakeAsync(package);
        Assert.Equal((null, true, false), (none, problem.Contains("--officer", StringComparison.Ordinal), problem.Contains("officer-330", StringComparison.Ordinal)));
        Assert.Empty((await moving.Arrived.ListAsync(new(), Stop)).Items);

        var (taken, note) = await moving.TakeAsync(package, officers: ["manager-331", "officer-331"]);
        Assert.True(taken is not null, note);
        var events = await moving.Arrived.EventsAsync(taken.Value, 0, cancellationToken: Stop);
        var restricted = Assert.Single(events, one => one.What is CaseRestricted);
        Assert.Equal(events.Where(one => one.What is AssessmentOpened or PlanTakenOver).Select(one => one.MessageId).Distinct(), [restricted.MessageId]);
        var state = (await moving.Arrived.LoadAsync(taken.Value, Stop)).State;
        Assert.Equal(["manager-331", "officer-331"], state.RestrictedTo);
        Assert.Equal(["manager-331", "officer-331"], Assert.Single((await moving.Arrived.ListAsync(new(), Stop)).Items).RestrictedTo);
        Assert.Contains(state.Attention, one => one.Text.StartsWith("The case is restricted to the people who were named", StringComparison.Ordinal));

        // The ids of the other council's people are in the signed package, and nowhere else in the case.
        Assert.DoesNotContain("officer-330", System.Text.Json.JsonSerializer.Serialize(events.Select(one => one.What.ToString())), StringComparison.Ordinal);
        Assert.DoesNotContain("officer-330", System.Text.Json.JsonSerializer.Serialize(state, AssessmentJson.Default.AssessmentState), StringComparison.Ordinal);
        Assert.Equal((taken, ""), await moving.TakeAsync(package, officers: ["manager-331", "officer-331"]));
    }

    [Fact]
    public async Task A_case_that_was_open_to_all_is_restricted_here_where_people_are_named_and_a_name_that_cannot_be_one_is_refused()
    {
        using var moving = await MovingPlan.ReadyAsync();
        var package = await moving.PackageAsync();

        Assert.Contains("named-twice", (await moving.TakeAsync(package, officers: ["manager-331", "manager-331"])).Problem, StringComparison.Ordinal);
        Assert.Contains("id-not-usable", (await moving.TakeAsync(package, officers: [" "])).Problem, StringComparison.Ordinal);
        var (taken, note) = await moving.TakeAsync(package, officers: ["manager-331"]);

        Assert.True(taken is not null, note);
        Assert.Equal(["manager-331"], (await moving.Arrived.LoadAsync(taken.Value, Stop)).State.RestrictedTo);
    }

    [Fact]
    public async Task Lines_whose_ids_are_longer_than_an_id_can_be_here_are_entered_with_their_links()
    {
        using var moving = await MovingPlan.ReadyAsync();
        var whole = ReceivedPackage.Read(await moving.PackageAsync(), moving.Key).Package!;
        var plan = whole.Plan with
        {
            Sections = [.. whole.Plan.Sections.Select(section => section with { Lines = [.. section.Lines.Select(line => line with { Id = Long(line.Id), Answers = [.. line.Answers.Select(Long)] })] })],
        };

        var lines = PlanOnArrival.Text(whole with { Plan = plan }).Lines;

        var ids = lines.Select(line => line.Id).ToHashSet(StringComparer.Ordinal);
        Assert.Equal(lines.Count, ids.Count);
        Assert.All(ids, id => Assert.True(AdviceFaults.IsId(id), id));
        Assert.NotEmpty(lines.SelectMany(line => line.Answers ?? []));
        Assert.Subset(ids, lines.SelectMany(line => line.Answers ?? []).ToHashSet(StringComparer.Ordinal));

        // An id of advice that is as long as it can be, and the line's own id after it.
        static string Long(string id) => $"{new string('a', AdviceFaults.MaxIdLength)}/{id.Replace('/', '-')}";
    }

    [Fact]
    public async Task Taken_again_nothing_changes()
    {
        using var moving = await MovingPlan.ReadyAsync();
        var package = await moving.PackageAsync();
        var (first, _) = await moving.TakeAsync(package);
        var version = (await moving.Arrived.LoadAsync(first!.Value, Stop)).State.Version;

        var (second, problem) = await moving.TakeAsync(package);

        Assert.Equal((first, ""), (second, problem));
        Assert.Equal(version, (await moving.Arrived.LoadAsync(first.Value, Stop)).State.Version);
    }

    [Fact]
    public async Task A_package_that_was_damaged_or_changed_is_refused_in_words_and_nothing_is_opened()
    {
        using var moving = await MovingPlan.ReadyAsync();
        var package = await moving.PackageAsync();
        using var stranger = PackageKey.New();

        await RefusedAsync("cannot be unpacked", package[..(package.Length / 2)]);
        await RefusedAsync("does not contain a signed manifest", Changed(package, zip => zip.GetEntry("manifest.sig")!.Delete()));
        await RefusedAsync("signature does not match", package, stranger);
        await RefusedAsync("signature does not match", Changed(package, zip => Rewrite(zip, "manifest.json", bytes => [.. bytes, (byte)' '])));
        await RefusedAsync("case.json is damaged or was changed", Changed(package, zip => Rewrite(zip, "case.json", bytes => [.. bytes, (byte)' '])));
        await RefusedAsync("plan/manifest.json is missing", Changed(package, zip => zip.GetEntry("plan/manifest.json")!.Delete()));
        await RefusedAsync("documents/more was added", Changed(package, zip => zip.CreateEntry("documents/more").Open().Dispose()));

        async Task RefusedAsync(string words, byte[] changed, PackageKey? sender = null)
        {
            var (taken, problem) = await moving.TakeAsync(changed, sender: sender);
            Assert.Null(taken);
            Assert.Contains(words, problem, StringComparison.Ordinal);
            Assert.Empty((await moving.Arrived.ListAsync(new() { Limit = 10 }, Stop)).Items);
        }
    }

    [Fact]
    public async Task Whatever_byte_is_changed_the_package_is_refused_or_says_exactly_the_same()
    {
        using var moving = await MovingPlan.ReadyAsync();
        var package = await moving.PackageAsync();
        var whole = ReceivedPackage.Read(package, moving.Key).Package!;
        var refused = 0;
        for (var at = 0; at < package.Length; at += 1 + (package.Length / 400))
        {
            var changed = package.ToArray();
            changed[at] ^= 0x20;
            var (read, problem) = ReceivedPackage.Read(changed, moving.Key);
            if (read is null)
            {
                Assert.NotEqual("", problem);
                refused++;
                continue;
            }

            // A time stamp of the archive, say: no content.
            Assert.Equal(whole.Files.OrderBy(file => file.Key, StringComparer.Ordinal).Select(file => (file.Key, PlanJson.ContentHash(file.Value))), read.Files.OrderBy(file => file.Key, StringComparer.Ordinal).Select(file => (file.Key, PlanJson.ContentHash(file.Value))));
        }

        Assert.True(refused > 300, $"only {refused} were refused");
    }

    [Fact]
    public async Task Every_identifier_that_is_given_must_be_that_of_the_package_and_no_refusal_shows_one()
    {
        using var moving = await MovingPlan.ReadyAsync();
        var package = await moving.PackageAsync();
        var expected = MovingPlan.Expected;

        await RefusedAsync("These details differ: the date of birth.", expected with { DateOfBirth = expected.DateOfBirth.AddDays(1) });
        await RefusedAsync("These details differ: the name.", expected with { GivenName = "Alex" });
        await RefusedAsync("These details differ: the UPN.", expected with { Upn = Cases.Parse<Upn>("Q330100101501") });
        await RefusedAsync("These details differ: the NHS number.", expected with { NhsNumber = Cases.Parse<NhsNumber>("9990000018") });
        await RefusedAsync("These details differ: the name, the UPN.", expected with { GivenName = "Alex", FamilyName = null, Upn = Cases.Parse<Upn>("Q330100101501") });
        await RefusedAsync("These details differ: the name, the UPN.", expected with { GivenName = null, FamilyName = "Sample", Upn = Cases.Parse<Upn>("Q330100101501") });
        await RefusedAsync("Say whose plan is expected", expected with { GivenName = null });
        await RefusedAsync("is for council 331, not for council 332", expected, Cases.Parse<LocalAuthorityCode>("332"));

        async Task RefusedAsync(string words, ChildIdentity who, LocalAuthorityCode? council = null)
        {
            var (taken, problem) = await moving.TakeAsync(package, who, council);
            Assert.Null(taken);
            Assert.Contains(words, problem, StringComparison.Ordinal);
            Assert.DoesNotContain("Example", problem, StringComparison.Ordinal);
            Assert.DoesNotContain("2017", problem, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_plan_that_comes_back_is_taken_over_once_an_officer_has_said_which_case_of_the_child_is_here()
    {
        using var moving = await MovingPlan.ReadyAsync();
        var package = await moving.PackageAsync();
        var before = await moving.LivedHereAsync();

        var (refused, problem) = await moving.TakeAsync(package);
        Assert.Null(refused);
        Assert.StartsWith("earlier-case", problem, StringComparison.Ordinal);

        var json = $$"""
            { "dateOfBirth": "{{MovingPlan.Expected.DateOfBirth:yyyy-MM-dd}}", "givenName": "Robin", "familyName": "Example",
              "earlierCase": { "answer": "sameChild", "reason": "They moved away in 2025 and are back.", "case": "{{before.Value}}" } }
            """;
        var who = ChildIdentity.Read(json);
        Assert.NotNull(who);
        var (taken, note) = await moving.TakeAsync(package, who);
        Assert.True(taken is not null, note);
        var state = (await moving.Arrived.LoadAsync(taken.Value, Stop)).State;
        Assert.Equal((before, EarlierCaseAnswer.SameChild), (state.Facts!.EarlierCase!.Case!.Value, state.Facts.EarlierCase.Answer));
        Assert.True(MaintainedPlan.IsMaintainedHere(state));
    }

    [Fact]
    public async Task No_package_is_made_without_a_move_after_the_hand_over_or_of_a_damaged_plan()
    {
        using var still = await MovingPlan.ReadyAsync(move: false);
        Assert.Contains("No move is on record", (await still.WriteAsync()).Problem, StringComparison.Ordinal);

        using var damaged = await MovingPlan.ReadyAsync();
        var plan = (await damaged.Old.ListAsync($"{PlanStore.FolderOf(Cases.Id)}/plan/", Stop)).Value![0];
        await damaged.Old.RemoveAsync(plan, Stop);
        Assert.Contains("The stored plan is damaged or was changed", (await damaged.WriteAsync()).Problem, StringComparison.Ordinal);
    }

    private static void Rewrite(ZipArchive zip, string name, Func<byte[], byte[]> change)
    {
        using var read = new MemoryStream();
        using (var entry = zip.GetEntry(name)!.Open())
        {
            entry.CopyTo(read);
        }

        zip.GetEntry(name)!.Delete();
        using var written = zip.CreateEntry(name).Open();
        written.Write(change(read.ToArray()));
    }

    [Fact]
    public async Task What_the_case_has_no_room_for_is_in_the_package_among_its_documents()
    {
        using var moving = await MovingPlan.ReadyAsync(documents: RecordDocument.MaxDocuments);
        var package = await moving.PackageAsync();

        var (taken, note) = await moving.TakeAsync(package);

        Assert.Contains("are available only inside the document plan-from-330.zip", note, StringComparison.Ordinal);
        var documents = (await moving.Arrived.LoadAsync(taken!.Value, TestContext.Current.CancellationToken)).State.Documents;
        Assert.Equal(RecordDocument.MaxDocuments, documents.Count);
        Assert.Equal(PlanJson.ContentHash(package), documents[0].Document.Sha256);
        Assert.Equal((taken, note), await moving.TakeAsync(package));
    }

    private static byte[] Changed(byte[] package, Action<ZipArchive> change)
    {
        using var stream = new MemoryStream();
        stream.Write(package);
        using (var zip = new ZipArchive(stream, ZipArchiveMode.Update, leaveOpen: true))
        {
            change(zip);
        }

        return stream.ToArray();
    }
}
