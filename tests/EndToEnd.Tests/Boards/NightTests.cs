using EarlyWarning.V1;
using static Microsoft.Playwright.Assertions;

namespace EarlyWarning.EndToEnd.Tests.Boards;

/// <summary>
/// A night as the desk sees it, moment by moment: what has happened, why, how sure that is, who was told, who has answered, and what is to
/// be done; and never that all is well where that is not known. With <c>EW_TEST_PICTURES</c> each moment's words and screens are kept.
/// </summary>
public sealed partial class NightTests
{
    private static readonly string[] s_noAllClear = ["\n0 of 100", " 0 of 100", "(0–", "NaN", "Exception", "null"];

    [Fact]
    public async Task Night_FromAQuietEveningToARestore_IsToldTrulyOnBoardAndTerminal()
    {
        await using var before = await NightSuite.StartAsync();
        await using var desk = await NightDesk.OpenAsync(before);
        await EveningAsync(before, desk);
        await ThreeSituationsAsync(before, desk);
        await AnswerAsync(before, desk);
        await RestartAsync(before, desk);
        await using var suite = await RestoreAsync(before, desk);
        await WrongClockAsync(suite, desk);
        await UnarmedAsync(suite, desk);
        await DeadlineAsync(suite, desk);
        await SilenceAsync(suite, desk);
    }

    private static Task EveningAsync(NightSuite suite, NightDesk desk) =>
        desk.SeesAsync(
            suite,
            "a quiet evening",
            new()
            {
                Overview =
                [
                    "Nobody owes an answer.",
                    "No case is open.",
                    "What is not reported cannot open one.",
                    "No country has been observed.",
                ],
                Status = ["nobody is late", "No source is known to have sent anything."],
                Never = s_noAllClear,
            }
        );

    private static async Task ThreeSituationsAsync(NightSuite suite, NightDesk desk)
    {
        await suite.ReportAsync(
            "KEN",
            ("killings", 80, "harvest-desk", 0),
            ("attacks", 96, "harvest-desk", 0),
            ("courts", 85, "harvest-desk", 0)
        );
        await suite.CaseAsync("KEN");
        await desk.SeesAsync(
            suite,
            "an emergency that rests on one source",
            new()
            {
                Overview = ["1 answer is owed", "Emergency", "Kenya", "errors not stated", "rests on one source", "condition still holds"],
                Country = "KEN",
                Case = ["Very high risk, Kenya", "No range", "Focal point of Kenya", "Watch desk", "has until", "Record an answer…"],
                Status = ["1 open cases; none is overdue."],
                Never = s_noAllClear,
            }
        );

        await suite.ReportAsync("UGA", ("attacks", 92, "border-desk", 0));
        await suite.CaseAsync("UGA");
        await desk.SeesAsync(
            suite,
            "a level at least, and nobody to ask",
            new()
            {
                Overview = ["2 answers are owed", "1 step had nobody to ask", "high or higher", "no data on Institutions", "nobody to ask"],
                Country = "UGA",
                Case = ["high or higher", "The directory names nobody in this role for UGA."],
                Status = ["nobody to ask at step 1 (National focal point)"],
                Never = s_noAllClear,
            }
        );

        await suite.ReportAsync(
            "RWA",
            ("killings", 70, "border-desk", 4),
            ("courts", 78, "court-watch", 3),
            ("attacks", 88, "field-office", 5)
        );
        await suite.CaseAsync("RWA");
        await desk.SeesAsync(
            suite,
            "one who cannot be reached",
            new()
            {
                Overview = ["3 answers are owed", "Rwanda", "–"],
                Country = "RWA",
                Case = ["Focal point of Rwanda", "on its way since", "Next try", "503"],
                Status = ["messages that wait for it: 1"],
                Never = s_noAllClear,
            }
        );
    }

    private static async Task AnswerAsync(NightSuite suite, NightDesk desk)
    {
        suite.ReachRwanda(true);
        var one = await suite.CaseAsync("KEN");
        await new CaseService.CaseServiceClient(suite.Channel).AcknowledgeCaseAsync(
            new()
            {
                Name = one.Name,
                Recipient = "recipients/focal-point-ken",
                Note = "The governor is being called.",
            },
            suite.As("focal")
        );
        await desk.SeesAsync(
            suite,
            "an answer",
            new()
            {
                Overview = ["The path of a warning works", "2 answers are owed", "1 decision due", "answered"],
                Country = "KEN",
                Case = ["waiting for a decision", "The governor is being called.", "focal, focal point", "Focal point of Kenya"],
                Status = ["3 open cases"],
                Never = s_noAllClear,
            }
        );
    }

    private static async Task RestartAsync(NightSuite suite, NightDesk desk)
    {
        await suite.StopAsync();
        await Expect(desk.Overview.Locator("#lost")).ToContainTextAsync("Nothing can be recorded here", new() { Timeout = 10_000 });
        await Expect(desk.Overview.GetByText("Whether the path of a warning works is not known.").First).ToBeVisibleAsync();
        await suite.StartAgainAsync();
        await Expect(desk.Overview.Locator("#lost")).ToBeHiddenAsync(new() { Timeout = 20_000 });
        await desk.SeesAsync(
            suite,
            "after a restart",
            new()
            {
                Overview = ["2 answers are owed", "1 decision due", "rests on one source", "high or higher"],
                Country = "KEN",
                Case = ["The governor is being called.", "focal, focal point"],
                Status = ["3 open cases"],
                Never = [.. s_noAllClear, "Nobody owes an answer", "No case is open"],
            }
        );
    }

    private static async Task<NightSuite> RestoreAsync(NightSuite suite, NightDesk desk)
    {
        var backup = (await suite.EwAsync("backup", "before-midnight.db")).Split('\n')[0];
        await suite.StopAsync();
        var restored = await suite.RestoreAsync(backup);
        await desk.GoAsync(restored);
        await desk.SeesAsync(
            restored,
            "restored from a backup, and quiet",
            new()
            {
                Overview = ["does NOT work", "Off, and nothing is sent", "before-midnight.db", "ew resume", "2 answers are owed"],
                Country = "KEN",
                Case = ["The governor is being called.", "Off, and nothing is sent"],
                Status = ["Off, and nothing is sent"],
                Never = [.. s_noAllClear, "No case is open"],
            }
        );

        await restored.EwAsync("resume");
        await desk.SeesAsync(
            restored,
            "taken over",
            new()
            {
                Overview = ["The path of a warning works.", "2 answers are owed", "1 decision due"],
                Country = "KEN",
                Case = ["The governor is being called.", "focal, focal point"],
                Status = ["3 open cases"],
                Never = [.. s_noAllClear, "Off, and nothing is sent"],
            }
        );
        return restored;
    }
}
