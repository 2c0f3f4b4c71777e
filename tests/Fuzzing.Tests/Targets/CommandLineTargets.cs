using EarlyWarning.Cli.Connection;
using EarlyWarning.Cli.Frameworks;
using EarlyWarning.Cli.Importing;
using EarlyWarning.Cli.Output;
using EarlyWarning.Cli.Scoring;
using EarlyWarning.Fuzzing.Tests.Mutating;
using EarlyWarning.Fuzzing.Tests.Running;
using Google.Protobuf;
using Grpc.Core;
using Microsoft.Extensions.Time.Testing;
using static EarlyWarning.Fuzzing.Tests.Running.BrokenPromiseException;

namespace EarlyWarning.Fuzzing.Tests.Targets;

/// <summary>What people type behind <c>ew</c>, and what it reads of a server's answer.</summary>
internal static class CommandLineTargets
{
    private static readonly FakeTimeProvider s_time = new(new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero));
    private static readonly Uri s_suite = new("http://127.0.0.1:5051");
    private static readonly ConnectionSettings s_settings = new(
        s_suite,
        TlsTrust.Read(s_suite, null, null, null),
        null,
        null,
        TimeSpan.FromSeconds(30),
        Json: false
    );

    public static IReadOnlyList<Target> All { get; } =
    [
        new("time-option", ["s", "m", "h", "d", "T", "Z", "-"], ImportTargets.IsRefusal, input =>
        {
            var text = Texts.Of(input);
            Unless(TimeOptions.Past(text, "--at", s_time)?.ToDateTimeOffset() is not null, "what is read is a time");
            Unless(TimeOptions.Ahead(text, "--at", s_time)?.ToDateTimeOffset() is not null, "what is read is a time");
        }) { Seeds = Texts.Seeds("7d", "2021-12-31", "2021-12-31T00:00:00Z", "1.5h") },
        new("row-filter", ["=", "!=", "<=", " in [", " not in [", "]", "\"", ","], ImportTargets.IsRefusal, input =>
            Unless(RowFilter.Read(Texts.Of(input)).Values.Length > 0, "a condition has a value")
        )
        {
            Seeds = Texts.Seeds("type = 1", "region not in [A, \"B, c\"]", "\"a b\" <= 5.5"),
        },
        new("band-list", ["low", "=", ","], ImportTargets.IsRefusal, input =>
            Unless(BandList.Parse(Texts.Of(input), "low=0").All(band => band.Level.Length > 0), "a level has a name")
        )
        {
            Seeds = Texts.Seeds("low=0,high=0.5"),
        },
        new("change-option", ["=", "+-", "none"], ImportTargets.IsRefusal, input => _ = ChangeText.Parse(Texts.Of(input)))
        {
            Seeds = Texts.Seeds("a=5", "a=5+-1", "a=none"),
        },
        new(
            "method-option",
            ["aggregation=", "normalisation=", "weighting=", "generalised:", "z-score", "pca", "@"],
            ImportTargets.IsRefusal,
            input => _ = MethodChoiceText.Parse("--choice", Texts.Of(input))
        )
        {
            Seeds = Texts.Seeds("aggregation=geometric@root", "aggregation=generalised:2", "without=a", "weighting=pca"),
        },
        new(
            "error-answer",
            ["\x1b[31m", "\x1b]0;title\a", "\u202E"],
            static _ => false,
            input =>
            {
                Metadata trailers = new() { { "grpc-status-details-bin", input.ToArray() } };
                RpcException error = new(new((StatusCode)(input.IsEmpty ? 2 : input[0] % 17), Texts.Of(input)), trailers);
                _ = Failure.IsPassing(error);
                StringWriter said = new();
                new Terminal { Out = TextWriter.Null, Error = said }.Complain(Failure.Of(error, s_settings).Message);
                Unless(!said.ToString().Any(sign => sign != '\n' && char.IsControl(sign)), "a screen is shown nothing that it obeys");
            }
        )
        {
            Seeds = Answers,
        },
    ];

    private static IEnumerable<byte[]> Answers()
    {
        RandomMessage random = new(new Random(3));
        return Enumerable
            .Range(0, 30)
            .Select(_ =>
            {
                Google.Rpc.Status status = new() { Code = 3, Message = "no \x1b[31m" };
                status.Details.Add(Google.Protobuf.WellKnownTypes.Any.Pack(random.Of(Google.Rpc.ErrorInfo.Descriptor)));
                status.Details.Add(Google.Protobuf.WellKnownTypes.Any.Pack(random.Of(Google.Rpc.BadRequest.Descriptor)));
                return status.ToByteArray();
            });
    }
}
