using EarlyWarning.Catalogue.Tests.Infrastructure;
using EarlyWarning.Indicators.Intake;
using EarlyWarning.Indicators.Intake.Clocks;
using EarlyWarning.Indicators.Tests.Infrastructure;
using EarlyWarning.ServiceDefaults.Hosting;
using EarlyWarning.ServiceDefaults.Intake;
using EarlyWarning.Store.Clocks;
using Google.Protobuf.WellKnownTypes;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace EarlyWarning.Indicators.Tests.Intake.Clocks;

/// <summary>Intake by a clock that a test moves; countries record whatever reaches them.</summary>
public sealed class ClockIntakeTests : IClassFixture<SuiteCluster>
{
    private static readonly TimeSpan s_hour = TimeSpan.FromHours(1);
    private static readonly DateTimeOffset s_noon = new(2026, 5, 1, 12, 0, 0, TimeSpan.Zero);

    private readonly FakeTimeProvider _time = new(s_noon);
    private readonly MovedTime _machine;
    private readonly SuiteClock _clock;
    private readonly SourceClocks _sources;
    private readonly ObservationIntake _intake;
    private readonly SuiteCluster _cluster;

    public ClockIntakeTests(SuiteCluster cluster)
    {
        _cluster = cluster;
        _cluster.Script.Answer = CountryScript.AllRecorded;
        _cluster.Script.Calls.Clear();
        _machine = new(_time);
        _clock = new(_machine);
        _sources = new(_clock);
        _intake = new(
            new(
                cluster.Catalogue,
                new Suite(Exercise: true, ""),
                new IntakeLimits(),
                cluster.Services.GetRequiredService<IntakeMetrics>(),
                _clock,
                _sources
            ),
            cluster.Services.GetRequiredService<IGrainFactory>(),
            cluster.Services.GetRequiredService<IntakeMetrics>(),
            _clock,
            new(_clock),
            NullLogger<ObservationIntake>.Instance
        );
    }

    [Fact]
    public async Task Record_OurClockIsAnHourBehindThreePartners_AllAreToBeSentAgainAndNoneIsRejected()
    {
        for (var round = 0; round < 100; round++)
        {
            foreach (var partner in new[] { "a", "b", "c" })
            {
                var (outcome, problem) = await SendAsync(partner, s_hour);
                Assert.Equal((V1.Outcome.Retry, "CLOCK_DIFFERS", "observations[0].observed_at"), (outcome, problem!.Reason, problem.Field));
            }

            _time.Advance(TimeSpan.FromMinutes(1));
        }

        Assert.Empty(_cluster.Script.Calls);
        var line = Assert.Single((await new SourceClockStatus(_sources, new()).ReadAsync(CancellationToken.None)).Lines);
        Assert.Equal((V1.Health.Failing, "clock"), (line.Health, line.Subject));
        Assert.Contains("3 of 3 sources are ahead of our clock, by up to 3,600 s", line.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Record_OurClockIsSetRightByAnHour_ThePartnersConfirmItAndAllIsRecorded()
    {
        foreach (var partner in new[] { "a", "b", "c" })
        {
            await SendAsync(partner, s_hour);
        }

        _machine.Moved = s_hour;

        Assert.Equal(V1.Outcome.Recorded, (await SendAsync("a", s_hour)).Outcome);
        Assert.Empty((await new SourceClockStatus(_sources, new()).ReadAsync(CancellationToken.None)).Lines);
    }

    [Fact]
    public async Task Record_TheMachineStoodStillForAnHour_ThreePartnersConfirmItsWallClock()
    {
        _machine.Moved = s_hour;
        foreach (var partner in new[] { "a", "b", "c" })
        {
            Assert.Equal(V1.Outcome.Retry, (await SendAsync(partner, s_hour)).Outcome);
        }

        Assert.Equal(V1.Outcome.Recorded, (await SendAsync("a", s_hour)).Outcome);
        Assert.Equal(s_noon + s_hour, _clock.GetUtcNow());
    }

    [Fact]
    public async Task Record_WhatAPartnerObservedEarlierByTheSameClock_IsToBeSentAgainAsWell()
    {
        foreach (var partner in new[] { "a", "b", "c" })
        {
            await SendAsync(partner, s_hour);
        }

        Assert.Equal(V1.Outcome.Retry, (await SendAsync("a", TimeSpan.FromMinutes(40))).Outcome);
        Assert.Equal(V1.Outcome.Recorded, (await SendAsync("a", TimeSpan.FromMinutes(4))).Outcome);
        Assert.Equal(V1.Outcome.Rejected, (await SendAsync("a", TimeSpan.FromDays(1))).Outcome);
    }

    [Fact]
    public async Task Record_OnePartnerIsAnHourAheadAmongOthers_IsRejected()
    {
        foreach (var partner in new[] { "a", "b", "c" })
        {
            Assert.Equal(V1.Outcome.Recorded, (await SendAsync(partner, TimeSpan.Zero)).Outcome);
        }

        var (outcome, problem) = await SendAsync("d", s_hour);
        Assert.Equal((V1.Outcome.Rejected, "OBSERVED_IN_FUTURE"), (outcome, problem!.Reason));
    }

    [Fact]
    public async Task Record_ASinglePartnerAheadAndNoOtherClock_IsAskedAgainForAnHourThenRejected()
    {
        for (var minute = 0; minute <= 60; minute++)
        {
            Assert.Equal(V1.Outcome.Retry, (await SendAsync("a", s_hour)).Outcome);
            _time.Advance(TimeSpan.FromMinutes(1));
        }

        Assert.Equal(V1.Outcome.Rejected, (await SendAsync("a", s_hour)).Outcome);

        // After a silence as long the hour begins anew.
        _time.Advance(TimeSpan.FromMinutes(61));
        Assert.Equal(V1.Outcome.Retry, (await SendAsync("a", s_hour)).Outcome);
    }

    [Fact]
    public async Task Record_TheHourPassesByTheMonotonicClock_SettingTheWallDoesNotEndIt()
    {
        await SendAsync("a", s_hour);
        _machine.Moved = TimeSpan.FromHours(5);
        _clock.Read();
        _time.Advance(TimeSpan.FromMinutes(10));
        Assert.Null(_clock.Read().Doubt);

        Assert.Equal(V1.Outcome.Retry, (await SendAsync("a", TimeSpan.FromHours(6))).Outcome);
    }

    [Fact]
    public async Task Record_TheStoresClockAgreesWithThePartner_IsToBeSentAgain()
    {
        StoreSays(s_hour);
        Assert.Equal("CLOCK_DIFFERS", (await SendAsync("a", s_hour)).Problem!.Reason);

        // Nobody sets either right, the wall clock is believed, and the store still agrees with the partner, for longer than an hour.
        for (var minute = 0; minute < 90; minute++)
        {
            _time.Advance(TimeSpan.FromMinutes(1));
            StoreSays(s_hour);
        }

        Assert.Null(_clock.Read().Doubt);
        var (outcome, problem) = await SendAsync("a", s_hour);
        Assert.Equal((V1.Outcome.Retry, "CLOCK_DIFFERS"), (outcome, problem!.Reason));
        Assert.Contains("the store's clock says 2026-05-01 14:30:00Z", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Record_TheStoresClockAgreesWithUs_ASinglePartnerAheadIsRejectedAtOnce()
    {
        StoreSays(TimeSpan.FromSeconds(1));

        Assert.Equal(V1.Outcome.Rejected, (await SendAsync("a", s_hour)).Outcome);
    }

    [Fact]
    public async Task Record_BackfillFromTheFuture_IsRejected()
    {
        foreach (var partner in new[] { "a", "b", "c" })
        {
            await SendAsync(partner, s_hour);
        }

        var answer = await _intake.RecordAsync([Item("a", s_hour)], backfill: true, validateOnly: false);
        Assert.Equal((V1.Outcome.Rejected, "OBSERVED_IN_FUTURE"), (answer.Outcomes[0], answer.Problems[0].Reason));
    }

    [Fact]
    public async Task Record_AheadAndFaultyBesides_IsRejectedWithAllFaults()
    {
        var item = Item("a", s_hour);
        item.Value = -1;

        var answer = await _intake.RecordAsync([item, Item("a", s_hour), Item("a", TimeSpan.Zero)], backfill: false, validateOnly: false);
        Assert.Equal([V1.Outcome.Rejected, V1.Outcome.Retry, V1.Outcome.Recorded], answer.Outcomes);
        Assert.Equal([0, 0, 1], answer.Problems.Select(problem => problem.Index));
    }

    [Fact]
    public async Task Record_OurClockHasJumped_EverythingIsToBeSentAgainUntilItIsBack()
    {
        _machine.Moved = TimeSpan.FromDays(365);
        V1.Observation faulty = Item("a", TimeSpan.Zero);
        faulty.Indicator = "nothing";

        var answer = await _intake.RecordAsync([Item("a", TimeSpan.Zero), faulty, Item("a", s_hour)], backfill: false, validateOnly: false);
        Assert.Equal([V1.Outcome.Retry, V1.Outcome.Rejected, V1.Outcome.Retry], answer.Outcomes);
        Assert.Equal(["CLOCK_DIFFERS", "UNKNOWN_INDICATOR", "CLOCK_DIFFERS"], answer.Problems.Select(problem => problem.Reason));
        Assert.Contains("set forward by 365 days", answer.Problems[0].Message, StringComparison.Ordinal);
        answer = await _intake.RecordAsync([Item("a", -s_hour)], backfill: true, validateOnly: false);
        Assert.Equal(V1.Outcome.Retry, answer.Outcomes[0]);
        Assert.Empty(_cluster.Script.Calls);

        _machine.Moved = TimeSpan.Zero;
        Assert.Equal(V1.Outcome.Recorded, (await SendAsync("a", TimeSpan.Zero)).Outcome);
    }

    [Fact]
    public async Task Record_ValidateOnly_TellsTheSameAndRemembersNobody()
    {
        var answer = await _intake.RecordAsync([Item("a", s_hour)], backfill: false, validateOnly: true);

        Assert.Equal(V1.Outcome.Retry, answer.Outcomes[0]);
        Assert.Equal(0, _sources.Survey(TimeSpan.FromMinutes(5)).Heard);
    }

    private async Task<(V1.Outcome Outcome, V1.ItemProblem? Problem)> SendAsync(string partner, TimeSpan ahead)
    {
        var answer = await _intake.RecordAsync([Item(partner, ahead)], backfill: false, validateOnly: false);
        return (answer.Outcomes[0], answer.Problems.FirstOrDefault());
    }

    /// <summary>An observation of now by a clock that is ahead of the true one.</summary>
    private V1.Observation Item(string source, TimeSpan ahead)
    {
        var item = Sample.Observation("XAB", 1);
        (item.Source, item.ObservedAt) = (source, (_time.GetUtcNow() + ahead).ToTimestamp());
        return item;
    }

    private void StoreSays(TimeSpan ahead)
    {
        var stamp = _machine.GetTimestamp();
        _clock.HearStore(_time.GetUtcNow() + ahead, stamp, stamp);
    }
}
