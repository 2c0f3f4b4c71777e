using EarlyWarning.V1;

namespace EarlyWarning.EndToEnd.Tests.Boards;

/// <content>What comes when hours have passed.</content>
public sealed partial class NightTests
{
    private static async Task DeadlineAsync(NightSuite suite, NightDesk desk)
    {
        suite.Pass(TimeSpan.FromMinutes(65));
        await desk.SeesAsync(
            suite,
            "a deadline has passed",
            new()
            {
                Overview = ["The path of a warning works", "1 step is late", "late since"],
                Country = "RWA",
                Case = ["time was over", "UN Office on Genocide Prevention"],
                Status = ["Rwanda (RWA), High risk is overdue by", "no answer from step 1 (National focal point)"],
                Never = s_noAllClear,
            }
        );
    }

    private static async Task SilenceAsync(NightSuite suite, NightDesk desk)
    {
        suite.Pass(TimeSpan.FromHours(5.5));
        await desk.SeesAsync(
            suite,
            "the sources are silent and a ladder has ended",
            new()
            {
                Overview =
                [
                    "fires; too little data for a score",
                    "no news of Attacks on civilians",
                    "Ladder ended",
                    "3 ladders ended",
                    "late since",
                ],
                Country = "KEN",
                Case = ["fires; too little data for a score, which is no all-clear", "no news of Attacks on civilians", "high or higher"],
                Status = ["the ladder has no further step and no decision is on record", "Reach a decision maker in person"],
                Never = [.. s_noAllClear, "Nobody owes an answer", "condition still holds"],
            }
        );
    }

    private static async Task WrongClockAsync(NightSuite suite, NightDesk desk)
    {
        suite.SetWrong(TimeSpan.FromHours(2));
        await desk.SeesAsync(
            suite,
            "the clock is wrong",
            new()
            {
                Overview =
                [
                    "does NOT work",
                    "The wall clock was set forward by 7,2",
                    "observations are to be sent again",
                    "Set the machine's clock right",
                ],
                Status = ["The wall clock was set forward by 7,2"],
                Never = s_noAllClear,
            }
        );
        Assert.Equal(Outcome.Retry, await suite.ReportAsync("BDI", ("attacks", 10, "border-desk", 0)));

        suite.SetWrong(TimeSpan.Zero);
        await desk.SeesAsync(suite, "the clock is right again", new() { Status = ["and is back since"], Never = s_noAllClear });
    }

    private static async Task UnarmedAsync(NightSuite suite, NightDesk desk)
    {
        var server = new ServerService.ServerServiceClient(suite.Channel);
        await server.UnarmSuiteAsync(new() { Reason = "First load of Burundi." }, suite.As("desk"));
        await suite.ReportAsync("BDI", ("attacks", 95, "border-desk", 0));
        await desk.SeesAsync(
            suite,
            "the suite is unarmed",
            new()
            {
                Overview = ["UNARMED since", "nobody is told of breaches", "fires for 1 country without an open case: Burundi", "ew arm"],
                Status = ["UNARMED since", "Firing suppressed: 1"],
                Never = s_noAllClear,
            }
        );

        await server.ArmSuiteAsync(new(), suite.As("desk"));
        await desk.SeesAsync(
            suite,
            "armed, and somebody was never told",
            new()
            {
                Overview = ["nobody was told of: 1", "fires for 1 country without an open case: Burundi. Nobody is asked about it."],
                Status = ["nobody was told of: 1"],
                Never = [.. s_noAllClear, "UNARMED"],
            }
        );
    }
}
