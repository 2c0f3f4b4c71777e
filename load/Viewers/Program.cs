using System.CommandLine;
using EarlyWarning.Viewers;

var seconds = new Option<int>("--seconds") { Description = "How long each stretch is measured.", DefaultValueFactory = _ => 20 };
var viewers = new Option<int>("--viewers") { Description = "How many look at once in the last stretches.", DefaultValueFactory = _ => 50 };
var browser = new Option<FileInfo>("--browser")
{
    Description = "The Chromium that looks.",
    HelpName = "FILE",
    DefaultValueFactory = _ => new("/usr/bin/chromium"),
};
browser.AcceptExistingOnly();
var folder = new Option<string>("--out")
{
    Description = "The folder of the report.",
    HelpName = "DIR",
    DefaultValueFactory = _ => Path.Combine("artifacts", "load", "board"),
};
var root = new RootCommand(
    "Looks at the board of a suite of its own with a real browser, at rest, under load and in company, and fails where a limit fails."
)
{
    seconds,
    viewers,
    browser,
    folder,
};
root.SetAction(
    async (parsed, cancellationToken) =>
    {
        var report = await BoardRun.MeasureAsync(
            TimeSpan.FromSeconds(parsed.GetValue(seconds)),
            parsed.GetValue(viewers),
            parsed.GetRequiredValue(browser).FullName,
            Console.Out.WriteLine,
            cancellationToken
        );
        report.Write(Console.Out);
        await report.KeepAsync(Path.GetFullPath(parsed.GetRequiredValue(folder)), cancellationToken);
        return report.Holds ? 0 : 1;
    }
);
return await root.Parse(args).InvokeAsync();
