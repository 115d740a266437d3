using System.Text.Json;
using CsCheck;
using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Orchestrations.Assessments;
using IntegrationHub.Orchestrations.StatutoryClock;
using IntegrationHub.Orchestrations.Turns;

namespace IntegrationHub.Core.Tests.Assessments;

public class AssessmentProperties
{
    private static readonly LocalAuthorityCode Elsewhere = Cases.Parse<LocalAuthorityCode>("301");

    private static readonly Gen<(int Kind, int Pick, int Twist, int Days)[]> Walks =
        Gen.Select(Gen.Int[0, Walk.Kinds - 1], Gen.Int[0, 999], Gen.Int[0, 999], Gen.Int[0, 9]).Array[5, 120];

    [Fact]
    public void No_sequence_of_inputs_makes_Decide_throw_and_a_refusal_changes_nothing() => Live((before, decision, _) =>
    {
        if (decision.Refusal is not null)
        {
            Assert.Empty(decision.Events);
            Assert.Empty(decision.Effects);
            Assert.Same(before, decision.After);
        }
        else
        {
            // An effect's id rests on the version that an event of the same turn brings.
            Assert.True(decision.Effects.Count == 0 || decision.Events.Count > 0);
        }
    });

    /// <summary>A step that sends text of a plan which nobody looked through for other children would be a new way out.</summary>
    [Fact]
    public void No_step_sends_text_of_a_plan_unseen() => Live((before, decision, said) =>
    {
        if (said.Input is not null && decision.Events.SelectMany(OutgoingTexts.Of).Any())
        {
            Assert.NotNull(OutgoingPlan.Of(before, said.Input, said.By, said.Now, Cases.Rules));
        }
    });

    [Fact]
    public void Replaying_the_events_gives_the_state()
    {
        var events = new List<AssessmentEvent>();
        Live((before, decision, _) =>
        {
            if (before.Version == 0)
            {
                events.Clear();
            }

            events.AddRange(decision.Events.Select(Reread));
            Assert.Equal(Life.Json(decision.After), Life.Json(Assessment.Replay(AssessmentState.None(Cases.Id), events)));
        });

        static AssessmentEvent Reread(AssessmentEvent e) =>
            JsonSerializer.Deserialize(JsonSerializer.Serialize(e, AssessmentJson.Default.AssessmentEvent), AssessmentJson.Default.AssessmentEvent)!;
    }

    [Fact]
    public void The_same_input_applied_twice_changes_nothing_the_second_time() => Live((_, decision, again) =>
    {
        if (decision.Refusal is null && again.Input is not (null or RecordDelayReason))
        {
            var second = Assessment.Decide(decision.After, again.Input, again.By, again.Now, Cases.Rules);
            Assert.True(second.Events.Count == 0 && second.Effects.Count == 0, $"{again.Input} had an effect twice");
        }
    });

    /// <summary>A hub that was off between two inputs knows from the stored wake-up whether it missed a limit, and decides as if it had looked.</summary>
    [Fact]
    public void The_stored_wake_up_says_whether_a_limit_was_missed()
    {
        var (alike, looked) = (0, 0);
        Walks.Sample(
            walk =>
            {
                var state = AssessmentState.None(Cases.Id);
                var today = Cases.Received;
                DateOnly? wake = null;
                Step(new OpenAssessment(Cases.Facts), Cases.Officer);
                foreach (var (kind, pick, twist, days) in walk)
                {
                    today = today.AddDays(days);
                    var input = Walk.Input(state, today, kind, pick, twist);
                    Step(input, Walk.By(input, state, pick, twist));
                }

                void Step(AssessmentInput input, Actor by)
                {
                    var known = Assessment.Decide(state, input, by, At(today), Cases.Rules, wake);
                    var calculated = Assessment.Decide(state, input, by, At(today), Cases.Rules);
                    Assert.Equal(Life.Json(calculated.After), Life.Json(known.After));
                    looked += today < wake ? 0 : 1;
                    alike++;
                    state = known.After;
                    foreach (var effect in known.Effects.Where(e => e.ReportsSuccess))
                    {
                        state = Assessment.Decide(state, new EffectSettled("x/1/1", effect, EffectOutcome.Done, today, "somewhere"), Actor.TheHub, At(today), Cases.Rules).After;
                    }

                    var due = Assessment.DecideDue(state, At(today), Cases.Rules);
                    state = due.After;
                    wake = due.WakeAt is { } at ? DateOnly.FromDateTime(at.UtcDateTime) : null;
                }
            },
            threads: 1);
        Assert.InRange(looked, 1, alike - 1);
    }

    [Fact]
    public void No_due_day_ever_moves_because_of_an_exception() => Live((before, decision, said) =>
    {
        if (said.Input is ClaimException or EndException or RecordMissedAppointment)
        {
            var today = LondonDate.Of(said.Now);
            Assert.Equal(
                Limits.Of(before, today, Cases.Rules).Select(l => (l.Limit.Key, l.Limit.Due)),
                Limits.Of(decision.After, today, Cases.Rules).Select(l => (l.Limit.Key, l.Limit.Due)));
        }
    });

    /// <summary>What was recorded on the wrong case leaves no trace in what the case must still do: its stage and its limits are those that it had.</summary>
    [Fact]
    public void A_mistaken_end_or_detention_that_is_taken_back_leaves_the_case_where_it_stood()
    {
        var taken = new HashSet<(MistakenRecord, Stage)>();
        Live((_, decision, said) =>
        {
            var today = LondonDate.Of(said.Now);
            foreach (var (step, back) in decision.Events.Count == 0 ? [] : Mistakes(decision.After, today))
            {
                var before = decision.After;
                var mistaken = Assessment.Decide(before, step, Cases.Officer, said.Now, Cases.Rules);
                if (mistaken.Refusal is not null)
                {
                    continue;
                }

                var right = Assessment.Decide(mistaken.After, back, Cases.Officer, said.Now, Cases.Rules);

                Assert.Null(right.Refusal);
                Assert.Equal((before.Stage, before.EndedOn, before.Ceasing), (right.After.Stage, right.After.EndedOn, right.After.Ceasing));
                Assert.Equal(before.Detentions, right.After.Detentions);
                Assert.Equal(Standing(before, today), Standing(right.After, today));
                Assert.True(before.Stage != Stage.Assessing || Awaited(before).SequenceEqual(Awaited(right.After)));
                Assert.Equal(Unsent(before), Unsent(right.After));
                taken.Add((back.Record, before.Stage));
            }
        });
        Stage[] open = [Stage.Considering, Stage.Assessing, Stage.Drafting, Stage.Consulting];
        Assert.Superset(
            new[] { MistakenRecord.Withdrawal, MistakenRecord.Move, MistakenRecord.Detention }.SelectMany(record => open.Select(stage => (record, stage))).ToHashSet(), taken);

        static IEnumerable<(AssessmentInput Step, CorrectRecord Back)> Mistakes(AssessmentState state, DateOnly today)
        {
            const string Why = "It was another child's.";
            yield return (new WithdrawRequest(today, "Text."), new(MistakenRecord.Withdrawal, today, Why));
            yield return (new RecordPlanCeased(today, Died: true), new(MistakenRecord.Ceasing, today, Why));
            yield return (Detained.Step(today), new(MistakenRecord.Detention, today, Why, null, "start", state.Detentions.Any(one => one.From == today) ? state.Detentions.Count(one => one.From == today) + 1 : null));
            yield return (new RecordRelease(today), new(MistakenRecord.Detention, today, Why, null, "release", state.Detentions.Any(one => one.ReleasedOn == today) ? state.Detentions.Count(one => one.ReleasedOn == today) + 1 : null));
            if (state.MovingTo is null)
            {
                yield return (new MoveToAnotherCouncil(Elsewhere, today, today), new(MistakenRecord.Move, today, Why));
            }
        }

        static List<(string, DateOnly?, LimitStatus)> Standing(AssessmentState state, DateOnly today) => [.. Limits.Of(state, today, Cases.Rules)
            .Where(l => !l.Limit.Key.StartsWith("advice:", StringComparison.Ordinal)).Select(l => (l.Limit.Key, l.Limit.Due, l.Standing))];

        // Advice that came to the earlier system, or was returned, is put to an officer and not requested again.
        static IEnumerable<string> Awaited(AssessmentState state) => state.Requests
            .Where(r => r.IsOpen && r.TakenOverOn is null && state.Advice.All(a => a.RequestId != r.Id)).Select(r => $"{r.Kind} {r.Agency?.Id} {r.LegalBasis}").Order(StringComparer.Ordinal);

        static IEnumerable<string> Unsent(AssessmentState state) =>
            state.Notices.Where(n => n.SentOn is null).Select(n => $"{n.Kind} {n.To} {n.Agency?.Id} {n.Person} {n.PlanVersion}").Order(StringComparer.Ordinal);
    }

    [Fact]
    public void A_state_is_written_and_read_back_whole() => Live((_, decision, _) =>
    {
        var json = Life.Json(decision.After);
        Assert.Equal(json, Life.Json(JsonSerializer.Deserialize(json, AssessmentJson.Default.AssessmentState)!));
    });

    [Fact]
    public void Every_turn_wakes_later_than_now_and_no_limit_passes_without_its_record() => Live((_, decision, said) =>
    {
        var due = Assessment.DecideDue(decision.After, said.Now, Cases.Rules);
        Assert.True(due.WakeAt is null || due.WakeAt > said.Now);
        var missed = Limits.Of(due.After, LondonDate.Of(said.Now), Cases.Rules).Where(l => l.Standing == LimitStatus.Missed);
        Assert.All(missed, l => Assert.Contains(due.After.MissedLimits, m => m.StartsWith(l.Limit.Key + "@", StringComparison.Ordinal)));
        var again = Assessment.DecideDue(due.After, said.Now, Cases.Rules);
        Assert.Empty(again.Events);
    });

    [Fact]
    public void A_summary_says_on_every_later_day_what_the_case_says_though_no_turn_is_taken()
    {
        var changed = 0;
        Live((_, decision, said) =>
        {
            if (decision.After.Facts is null)
            {
                return;
            }

            var kept = JsonSerializer.Deserialize(JsonSerializer.Serialize(Summaries.Of(decision.After, said.Now, Cases.Rules), TurnJson.Default.AssessmentSummary), TurnJson.Default.AssessmentSummary)!;
            for (var ahead = 0; ahead < 40; ahead++)
            {
                var day = LondonDate.Of(said.Now).AddDays(ahead);
                var read = kept.On(day);
                var today = Summaries.Of(decision.After, At(day), Cases.Rules);
                Assert.Equal((today.WaitingFor, today.WaitingSince, today.WaitingDue, today.FinalPlanDue), (read.WaitingFor, read.WaitingSince, read.WaitingDue, read.FinalPlanDue));
                Assert.Equal(today.WaitingDue, kept.DueOn(day));

                // The page of a case also says in whole sentences that the plan is to cease, has ceased, or was handed on.
                var line = StatusLine.Of(read.Stage, read.WaitingFor, read.WaitingSince, read.WaitingDue, day);
                Assert.Equal(StatusLine.Of(decision.After, day, Cases.Rules), CeasingPlan.InWords(decision.After, Cases.Rules) is { } plan ? $"{plan} {line}" : line);
                changed += read.WaitingFor == kept.WaitingFor ? 0 : 1;
            }
        });
        Assert.True(changed > 100, "No day changed anything, so nothing was asked.");
    }

    [Fact]
    public void Every_input_and_event_has_its_place_in_the_catalogues()
    {
        var inputs = typeof(AssessmentInput).Assembly.GetTypes().Where(t => t.IsSubclassOf(typeof(AssessmentInput))).ToHashSet();
        Assert.Equal(inputs, StepCatalogue.Steps.Select(k => k.Type).ToHashSet());
        Assert.Equal(StepCatalogue.Steps.Count, StepCatalogue.Steps.Select(k => k.Name).Distinct().Count());
    }

    [Fact]
    public void Random_walks_reach_every_stage_and_nearly_every_input()
    {
        // A walk that never gets anywhere would prove nothing.
        var stages = new HashSet<Stage>();
        var accepted = new HashSet<Type>();
        Live(
            (_, decision, said) =>
            {
                stages.Add(decision.After.Stage);
                if (decision.Refusal is null)
                {
                    accepted.Add(said.Input?.GetType() ?? typeof(Assessment));
                }
            },
            walks: 400);
        Assert.Superset(new HashSet<Stage> { Stage.Considering, Stage.Assessing, Stage.Drafting, Stage.Consulting, Stage.RefusedToAssess, Stage.Withdrawn, Stage.Moved }, stages);
        Assert.True(accepted.Count > 30, $"only {accepted.Count} kinds of input were ever accepted");
    }

    private static void Live(Action<AssessmentState, Decision, (AssessmentInput? Input, Actor By, DateTimeOffset Now)> check, int walks = -1) => Walks.Sample(
        walk =>
        {
            var state = AssessmentState.None(Cases.Id);
            var today = Cases.Received;
            var start = new OpenAssessment(Cases.Facts);
            Step(start, Cases.Officer);
            foreach (var (kind, pick, twist, days) in walk)
            {
                today = today.AddDays(days);
                var due = Assessment.DecideDue(state, At(today), Cases.Rules);
                check(state, due, (null, Actor.TheHub, At(today)));
                state = due.After;
                var input = Walk.Input(state, today, kind, pick, twist);
                Step(input, Walk.By(input, state, pick, twist));
            }

            void Step(AssessmentInput input, Actor by)
            {
                var decision = Assessment.Decide(state, input, by, At(today), Cases.Rules);
                check(state, decision, (input, by, At(today)));
                state = decision.After;
                foreach (var effect in decision.Effects.Where(e => e.ReportsSuccess))
                {
                    var settled = new EffectSettled("x/1/1", effect, endOf(effect), today, "somewhere");
                    var reported = Assessment.Decide(state, settled, Actor.TheHub, At(today), Cases.Rules);
                    check(state, reported, (settled, Actor.TheHub, At(today)));
                    state = reported.After;
                }
            }

            static EffectOutcome endOf(Effect effect) => effect switch
            {
                SendNotice { NoticeId.Length: > 40 } => EffectOutcome.NeedsHuman,
                SendAdviceRequest { Agency.Value: var agency } when agency.Length % 3 == 0 => EffectOutcome.NoChannel,
                _ => EffectOutcome.Done,
            };
        },
        iter: walks,
        threads: 1);

    private static DateTimeOffset At(DateOnly day) => new(day.ToDateTime(new TimeOnly(10, 0)), TimeSpan.Zero);
}
