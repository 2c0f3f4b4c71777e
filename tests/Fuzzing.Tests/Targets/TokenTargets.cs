using EarlyWarning.Contracts.Registers;
using EarlyWarning.Fuzzing.Tests.Running;
using EarlyWarning.Scoring.Cache;
using EarlyWarning.ServiceDefaults.Paging;
using EarlyWarning.ServiceDefaults.Transcoding;
using EarlyWarning.Store.Requests;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using static EarlyWarning.Fuzzing.Tests.Running.BrokenPromiseException;

namespace EarlyWarning.Fuzzing.Tests.Targets;

/// <summary>Small texts within requests, and what the suite gave out itself and gets back.</summary>
internal static class TokenTargets
{
    private static readonly PageTokens s_tokens = new(() => ("AB12CD34", "secret"));
    private static readonly V1.ListCasesRequest s_request = new() { PageSize = 10 };

    public static IReadOnlyList<Target> All { get; } =
    [
        new("page-token", ["ListCasesRequest", "WatchCasesRequest", "AB12CD34", "*", ":", "QUIxMkNEMzQ"], RequestTargets.IsFault, input =>
        {
            var token = Texts.Of(input);
            Unless(s_tokens.Decode(s_request, "page_token", token) >= 0, "a place is not negative");
            _ = s_tokens.After(s_request, token, RegisterKey.Parse);
        }) { Seeds = () => [Bytes(s_tokens.Encode(s_request, 5)), Bytes(s_tokens.Encode(s_request, new RegisterKey(9, "cases/a").ToString())), Bytes(s_tokens.Start(V1.ListCasesRequest.Descriptor, 3))] },
        new(
            "register-key",
            ["open", "past", "|"],
            static _ => false,
            input =>
            {
                if (RegisterKey.Parse(Texts.Of(input)) is { } key)
                {
                    Unless(RegisterKey.Parse(key.ToString()) == key, "a key is read as it was written");
                }
            }
        )
        {
            Seeds = Texts.Seeds("638000000000000000|open|cases/SDN-1f", "1|past|operations/x"),
        },
        new("request-mark", ["\n"], exception => exception is ArgumentException, input => _ = RequestMark.Parse(Texts.Of(input)))
        {
            Seeds = Texts.Seeds("a\nb\nc\nd"),
        },
        new("resource-name", ["frameworks/", "cases/", ":acknowledge", "/versions/", "/risks/"], RequestTargets.IsFault, input =>
        {
            var name = Texts.Of(input);
            _ = EarlyWarning.Catalogue.Rules.ResourceForm.IdOf(name, "frameworks/");
            _ = EarlyWarning.Catalogue.Rules.ResourceForm.IsCode(name);
            if (name.Contains('/', StringComparison.Ordinal))
            {
                RequestFilters.Name("name", name, "cases/");
            }
            else
            {
                RequestFilters.Countries([name], code =>
                    SuiteCatalogue.Countries.TryGet(code, out EarlyWarning.Catalogue.States.CountryInfo? _)
                );
            }
        }) { Seeds = Texts.Seeds("cases/SDN-1", "SDN", "frameworks/atrocity-crimes/versions/2") },
        new(
            "moment-text",
            ["T", "Z", "+", "-", ":", "."],
            static _ => false,
            input =>
            {
                var text = Texts.Of(input);
                Unless(TimeText.NoMoment(text).Length > 0, "what is wrong is said");
                if (TimeText.ReadMoment(text) is { } moment)
                {
                    _ = moment.ToDateTimeOffset();
                    Unless(JsonParser.Default.Parse<Timestamp>($"\"{text}\"").Equals(moment), "a moment is read as protobuf reads it");
                }
            }
        )
        {
            Seeds = Texts.Seeds(
                "2024-03-01T00:00:00Z",
                "2024-03-01T00:00:00.123456789+05:30",
                "0001-01-01T00:00:00Z",
                "9999-12-31T23:59:59.999999999Z"
            ),
        },
        new(
            "duration-text",
            ["s", "-", "."],
            static _ => false,
            input =>
            {
                var text = Texts.Of(input);
                if (TimeText.ReadDuration(text) is { } duration)
                {
                    Unless(
                        duration.ToTimeSpan() == TimeSpan.FromTicks((duration.Seconds * TimeSpan.TicksPerSecond) + (duration.Nanos / 100)),
                        "a duration is what it says"
                    );
                }
            }
        )
        {
            Seeds = Texts.Seeds("86400s", "-0.5s", "315576000000s", "1.000000001s"),
        },
        new("time-filter", [], RequestTargets.IsFault, input =>
        {
            V1.ListObservationsRequest request;
            try
            {
                request = V1.ListObservationsRequest.Parser.ParseFrom(input);
            }
            catch (InvalidProtocolBufferException)
            {
                return;
            }

            _ = RequestFilters.AsOf(request.AsOf, DateTimeOffset.UnixEpoch.AddYears(56));
        }) { Seeds = () => CatalogueTargets.Messages(V1.ListObservationsRequest.Descriptor) },
        new(
            "kept-result",
            [],
            static _ => false,
            input =>
            {
                var bytes = input.ToArray();
                if (bytes.Length >= KeptResult.HeaderLength)
                {
                    System.Buffers.Binary.BinaryPrimitives.WriteUInt64LittleEndian(
                        bytes,
                        System.IO.Hashing.XxHash3.HashToUInt64(bytes.AsSpan(8))
                    );
                }

                _ = KeptResult.From(bytes).Read<V1.Framework>();
            }
        )
        {
            Seeds = () => [KeptResult.Of(new V1.Framework { Name = "frameworks/a" }, TimeSpan.FromSeconds(2)).Bytes.ToArray()],
        },
    ];

    private static byte[] Bytes(string text) => System.Text.Encoding.UTF8.GetBytes(text);
}
