using System.CommandLine;
using EarlyWarning.Driver;
using EarlyWarning.Driver.Targets;

var seconds = new Option<int>("--seconds") { Description = "How long throughput is measured.", DefaultValueFactory = _ => 60 };
var warmup = new Option<int>("--warmup") { Description = "How long it is warmed up before.", DefaultValueFactory = _ => 10 };
var countries = new Option<int>("--countries") { Description = "How many countries report.", DefaultValueFactory = _ => 40 };
var indicators = new Option<int>("--indicators") { Description = "How many indicators each reports.", DefaultValueFactory = _ => 150 };
var batch = new Option<int>("--batch") { Description = "Observations in a batch.", DefaultValueFactory = _ => 1_000 };
var streams = new Option<int>("--streams") { Description = "Streams open at once.", DefaultValueFactory = _ => 2 };
var inFlight = new Option<int>("--in-flight") { Description = "Unanswered batches on each stream.", DefaultValueFactory = _ => 8 };
var breaches = new Option<int>("--breaches")
{
    Description = "Breaches timed on their way to the webhook.",
    DefaultValueFactory = _ => 500,
};
var late = new Option<int>("--late")
{
    Description =
        "How many of a hundred observations come late in a second run, older than the newest of their series; 0 for no second run.",
    DefaultValueFactory = _ => 0,
};
var endpoints = new Option<Uri[]>("--endpoint")
{
    Description =
        "gRPC addresses of a suite that runs already, on loopback, among which the streams are shared; without it one is started.",
    AllowMultipleArgumentsPerToken = true,
    HelpName = "ADDRESS",
    CustomParser = result =>
    {
        var addresses = result
            .Tokens.Select(token => Uri.TryCreate(token.Value, UriKind.Absolute, out var address) ? address : null)
            .ToList();
        if (addresses.All(address => address is { IsLoopback: true, Scheme: "http" }))
        {
            return [.. addresses.OfType<Uri>()];
        }

        result.AddError("--endpoint takes addresses on loopback, such as http://127.0.0.1:5051.");
        return [];
    },
};
var processes = new Option<MeasuredProcess[]>("--process")
{
    Description =
        "Processes of that suite, whose processor time is measured: silo-1=4711. One that has children, as PostgreSQL has, counts with "
        + "them.",
    AllowMultipleArgumentsPerToken = true,
    HelpName = "NAME=PID",
    CustomParser = result =>
    {
        var read = result.Tokens.Select(token => MeasuredProcess.Read(token.Value)).ToList();
        if (read.Contains(null))
        {
            result.AddError("--process takes NAME=PID of processes that run.");
        }

        return [.. read.OfType<MeasuredProcess>()];
    },
};
var root = new RootCommand(
    "Measures the whole suite on this machine, beside a bare gRPC echo of the same messages, and reports what it saw."
)
{
    seconds,
    warmup,
    countries,
    indicators,
    batch,
    streams,
    inFlight,
    breaches,
    late,
    endpoints,
    processes,
};
root.SetAction(
    (parsed, cancellationToken) =>
    {
        var shape = new LoadShape(
            parsed.GetValue(seconds),
            parsed.GetValue(warmup),
            parsed.GetValue(countries),
            parsed.GetValue(indicators),
            parsed.GetValue(batch),
            parsed.GetValue(streams),
            parsed.GetValue(inFlight),
            parsed.GetValue(breaches),
            parsed.GetValue(late)
        );
        return parsed.GetValue(endpoints) is { Length: > 0 } outside
            ? OutsideReport.RunAsync(shape, outside, parsed.GetValue(processes) ?? [], Console.Out, cancellationToken)
            : Report.RunAsync(shape, Console.Out, cancellationToken);
    }
);

var port = new Argument<int>("port") { Description = "The loopback port to listen on." };
var echo = new Command("echo", "Serves the bare echo that throughput is held against.") { port };
echo.SetAction((parsed, cancellationToken) => EchoServer.RunAsync(parsed.GetValue(port), cancellationToken));
root.Subcommands.Add(echo);
return await root.Parse(args).InvokeAsync();
