using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using EarlyWarning.Driver.Measuring;
using EarlyWarning.Driver.Scenarios;
using EarlyWarning.Driver.Suites;
using EarlyWarning.Driver.Targets;

namespace EarlyWarning.Driver;

/// <summary>The command line of a run.</summary>
internal static class RunCommand
{
    private const string Sqlite = "sqlite";
    private const string PostgreSql = "postgresql";

    /// <summary>Builds it; <paramref name="run"/> is called with what was asked for and returns the exit code.</summary>
    public static RootCommand Build(string says, Func<RunSettings, CancellationToken, Task<int>> run)
    {
        var scenario = new Argument<Scenario?>("scenario")
        {
            Description = "What is put on the suite; --list shows all.",
            Arity = ArgumentArity.ZeroOrOne,
            CustomParser = ReadScenario,
        };
        var list = new Option<bool>("--list") { Description = "Lists the scenarios." };
        var seconds = Number("--seconds", "How long is measured, in seconds, instead of the scenario's own time.", 1, 86_400);
        var warmup = Number("--warmup", "How long it is warmed up before, in seconds.", 0, 3_600);
        var scale = Number("--scale", "So many times the scenario's rates and callers.", 0.01, 1_000);
        var countries = Number("--countries", "How many countries report, instead of the scenario's own number.", 1, 300);
        var store = new Option<string>("--store")
        {
            Description = "The store of the suite that is started.",
            DefaultValueFactory = _ => Sqlite,
        };
        store.AcceptOnlyFromAmong(Sqlite, PostgreSql);
        var rest = new Option<int>("--rest")
        {
            Description = "For how many seconds that suite is left alone before its memory is measured.",
            DefaultValueFactory = _ => 2,
        };
        var endpoints = new Option<Uri[]>("--endpoint")
        {
            Description =
                "gRPC addresses of a suite that runs already, on loopback, or elsewhere by https and with --key; "
                + "without it one is started.",
            AllowMultipleArgumentsPerToken = true,
            HelpName = "ADDRESS",
            CustomParser = ReadAddresses,
        };
        var keys = new Option<PartnerKey[]>("--key")
        {
            Description =
                "A file with a caller's key for it, and the countries that the key is for where it is for some: igad.key=KEN,UGA "
                + "(or EW_API_KEY for one key). Repeat it for several partners.",
            HelpName = "FILE[=AAA,BBB]",
            CustomParser = ReadKeys,
            DefaultValueFactory = _ => Environment.GetEnvironmentVariable("EW_API_KEY") is { Length: > 0 } key ? [new(key, [])] : [],
        };
        var authority = new Option<FileInfo>("--ca")
        {
            Description = "The authorities that vouch for its certificate, in PEM.",
            HelpName = "FILE",
        };
        authority.AcceptExistingOnly();
        var processes = new Option<MeasuredProcess[]>("--process")
        {
            Description =
                "Its processes on this machine, which are measured: silo-1=4711. "
                + "One that has children, as PostgreSQL has, counts with them.",
            AllowMultipleArgumentsPerToken = true,
            HelpName = "NAME=PID",
            CustomParser = ReadProcesses,
        };
        var folder = new Option<string?>("--out")
        {
            Description = "The folder of the reports (default: artifacts/load/SCENARIO).",
            HelpName = "DIR",
        };
        var root = new RootCommand(says)
        {
            scenario,
            list,
            seconds,
            warmup,
            scale,
            countries,
            store,
            rest,
            endpoints,
            keys,
            authority,
            processes,
            folder,
        };
        root.Validators.Add(result =>
        {
            // What cannot be read has an error of its own, and no value.
            if (Read(result, endpoints) is not { } addresses || Read(result, keys) is not { } shown)
            {
                return;
            }

            foreach (var refusal in addresses.Select(address => Endpoint.Refusal(address, shown.Length > 0)).OfType<string>())
            {
                result.AddError(refusal);
            }
        });
        root.SetAction(
            async (parsed, cancellationToken) =>
            {
                if (parsed.GetValue(list) || parsed.GetValue(scenario) is not { } chosen)
                {
                    ScenarioTable.Write(Console.Out);
                    return parsed.GetValue(list) ? 0 : 2;
                }

                var times = parsed.GetValue(scale) ?? 1;
                return await run(
                    new(
                        chosen with
                        {
                            Duration = parsed.GetValue(seconds) is { } measured ? TimeSpan.FromSeconds(measured) : chosen.Duration,
                            Warmup = parsed.GetValue(warmup) is { } warmed ? TimeSpan.FromSeconds(warmed) : chosen.Warmup,
                            Countries = (int?)parsed.GetValue(countries) ?? chosen.Countries,
                            Flows = [.. chosen.Flows.Select(flow => flow with { Profile = flow.Profile.Scale(times) })],
                        },
                        parsed.GetValue(store) == PostgreSql,
                        parsed.GetValue(endpoints) ?? [],
                        parsed.GetValue(keys) ?? [],
                        parsed.GetValue(authority)?.FullName,
                        parsed.GetValue(processes) ?? [],
                        TimeSpan.FromSeconds(parsed.GetValue(rest)),
                        Path.GetFullPath(parsed.GetValue(folder) ?? Path.Combine("artifacts", "load", chosen.Name))
                    ),
                    cancellationToken
                );
            }
        );
        return root;
    }

    private static T[]? Read<T>(CommandResult result, Option<T[]> option)
    {
        try
        {
            return result.GetValue(option) ?? [];
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    private static Scenario? ReadScenario(ArgumentResult result)
    {
        var name = result.Tokens[0].Value;
        if (ScenarioTable.Find(name) is not { } found)
        {
            result.AddError($"There is no scenario {name}. There are {string.Join(", ", ScenarioTable.All.Select(one => one.Name))}.");
            return null;
        }

        return found;
    }

    private static Uri[] ReadAddresses(ArgumentResult result)
    {
        var read = result.Tokens.Select(token => Uri.TryCreate(token.Value, UriKind.Absolute, out var address) ? address : null).ToList();
        if (read.Contains(null))
        {
            result.AddError("--endpoint takes addresses such as http://127.0.0.1:5051.");
        }

        return [.. read.OfType<Uri>()];
    }

    private static PartnerKey[] ReadKeys(ArgumentResult result)
    {
        List<PartnerKey> keys = [];
        foreach (var token in result.Tokens)
        {
            try
            {
                keys.Add(PartnerKey.Read(token.Value));
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                result.AddError($"--key takes a file that holds a key: {exception.Message}");
            }
        }

        return [.. keys];
    }

    private static MeasuredProcess[] ReadProcesses(ArgumentResult result)
    {
        var read = result.Tokens.Select(token => MeasuredProcess.Read(token.Value)).ToList();
        if (read.Contains(null))
        {
            result.AddError("--process takes NAME=PID of processes that run.");
        }

        return [.. read.OfType<MeasuredProcess>()];
    }

    private static Option<double?> Number(string name, string says, double least, double most) =>
        new(name)
        {
            Description = says,
            CustomParser = result =>
            {
                if (
                    double.TryParse(result.Tokens[0].Value, CultureInfo.InvariantCulture, out var number)
                    && number >= least
                    && number <= most
                )
                {
                    return number;
                }

                result.AddError($"{name} takes a number from {least} to {most}.");
                return null;
            },
        };
}
