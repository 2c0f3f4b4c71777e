using System.CommandLine;
using System.Globalization;
using EarlyWarning.Fuzzing.Tests.Targets;

namespace EarlyWarning.Fuzzing.Tests.Running;

/// <summary>The command: tries targets, prints a line for each, and keeps what it finds.</summary>
internal static class FuzzCommand
{
    private const string Header = "target                    inputs  inputs/s  endings  slowest ms  bytes/byte  findings";
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(5);

    /// <summary>Runs it; the exit code is 1 where something was found.</summary>
    public static int Run(string[] args, TextWriter output)
    {
        Argument<string[]> names = new("TARGET")
        {
            Description = "Parsers to try; all where none is named.",
            Arity = ArgumentArity.ZeroOrMore,
        };
        names.AcceptOnlyFromAmong([.. AllTargets.List.Select(target => target.Name)]);
        Option<double> seconds = new("--seconds") { Description = "How long each is tried.", DefaultValueFactory = _ => 10 };
        Option<long> inputs = new("--inputs")
        {
            Description = "How many inputs each gets at the most.",
            DefaultValueFactory = _ => long.MaxValue,
        };
        Option<int> seed = new("--seed") { Description = "Gives the same inputs again.", DefaultValueFactory = _ => Random.Shared.Next() };
        Option<FileInfo> input = new("--input") { Description = "Tries this one input, of one target." };
        Option<DirectoryInfo> instrument = new("--instrument")
        {
            Description = "Makes the assemblies in a copy of this program count what runs, and does no more.",
        };
        Option<bool> ended = new("--ended") { Description = "Tells which input ended the process of a run before, and does no more." };
        Option<string> folder = new("--findings")
        {
            Description = "Where findings go.",
            DefaultValueFactory = _ => Path.Combine("artifacts", "fuzzing"),
        };
        RootCommand root = new("Tries the parsers of the suite with inputs that nobody meant.")
        {
            names,
            seconds,
            inputs,
            seed,
            input,
            instrument,
            ended,
            folder,
        };
        root.SetAction(parse =>
        {
            Findings findings = new(parse.GetValue(folder)!);
            if (parse.GetValue(instrument) is { } copy)
            {
                return Instrumentation.Run(copy.FullName, output);
            }

            if (parse.GetValue(ended))
            {
                return TellEnded(findings, output);
            }

            var chosen = parse.GetValue(names) is { Length: > 0 } given
                ? AllTargets.List.Where(target => given.Contains(target.Name)).ToList()
                : AllTargets.List;
            return parse.GetValue(input) is { } one
                ? Repeat(chosen, File.ReadAllBytes(one.FullName), output)
                : TryAll(
                    chosen,
                    parse.GetValue(seed),
                    new(parse.GetValue(inputs), TimeSpan.FromSeconds(parse.GetValue(seconds)), s_patience),
                    findings,
                    output
                );
        });
        return root.Parse(args).Invoke();
    }

    private static int TryAll(IReadOnlyList<Target> targets, int seed, Budget budget, Findings findings, TextWriter output)
    {
        output.WriteLine($"seed {seed}");
        output.WriteLine(Header);
        var (all, found) = (0L, 0);
        foreach (var target in targets)
        {
            FuzzResult result;
            using (LastInput last = new(findings.Folder, target))
            {
                result = new FuzzRun(target, seed, budget).Run(last);
            }

            output.WriteLine(Line(result));
            foreach (var finding in result.Findings)
            {
                output.WriteLine($"  {finding.Kind}: {findings.Write(target.Name, finding)}");
            }

            (all, found) = (all + result.Inputs, found + result.Findings.Count);
        }

        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{all:N0} inputs, {found} findings"));
        return found > 0 ? 1 : 0;
    }

    private static int TellEnded(Findings findings, TextWriter output)
    {
        foreach (var (target, input) in LastInput.TakeFrom(findings.Folder))
        {
            output.WriteLine(
                $"An input ended the process of {target}: {findings.Write(target, new("ended", "The process ended.", input))}"
            );
        }

        return 1;
    }

    private static string Line(FuzzResult result) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{result.Target, -20}{result.Inputs, 12:N0}{result.Inputs / result.Took.TotalSeconds, 10:N0}{result.Kinds, 9}"
                + $"{result.Slowest.TotalMilliseconds, 12:N1}{result.BytesPerByte, 12:N0}{result.Findings.Count, 10}"
        );

    private static int Repeat(IReadOnlyList<Target> targets, byte[] input, TextWriter output)
    {
        if (targets is not [var target])
        {
            output.WriteLine("--input is of one target. Name it.");
            return 2;
        }

        var trial = Trial.Of(target, input);
        output.WriteLine(trial.Fault ?? trial.Kind);
        return trial.Fault is null ? 0 : 1;
    }
}
