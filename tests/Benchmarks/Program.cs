using System.Globalization;
using IntegrationHub.Benchmarks;

// One command, one table: `dotnet run -c Release --project tests/Benchmarks -- store [turns] [assessments]`.
// The start of ColdStartBenchmark is a process of its own, which its parent speaks for.
using var doing = args is [not "started", ..] ? Doing.Now($"{args[0]}") : null;
switch (args)
{
    case ["store", .. var rest]:
        await StoreBenchmark.RunAsync(Number(rest, 0, 200_000), Number(rest, 1, 10_000));
        return 0;
    case ["open", .. var rest]:
        await OpenBenchmark.RunAsync(Number(rest, 0, 150_000));
        return 0;
    case ["burst", .. var rest]:
        await AllBenchmark.BurstAsync(Number(rest, 0, 20_000));
        return 0;
    case ["cold", .. var rest]:
        await ColdStartBenchmark.RunAsync(Number(rest, 0, 150_000));
        return 0;
    case ["started", var path, var now]:
        await ColdStartBenchmark.StartedAsync(path, DateTimeOffset.Parse(now, CultureInfo.InvariantCulture));
        return 0;
    case ["all", .. var rest]:
        await AllBenchmark.RunAsync(Number(rest, 0, 10_000), Number(rest, 1, 150_000));
        return 0;
    case ["ehc1", .. var rest]:
        await Ehc1Run.RunAsync(Number(rest, 0, 10_000), rest.ElementAtOrDefault(1) ?? "sqlite", (long)Number(rest, 2, (int)(Ehc1Run.Held >> 20)) << 20);
        return 0;
    case ["durable", .. var rest]:
        await DurableBenchmark.RunAsync(Number(rest, 0, 200));
        return 0;
    case ["plans", .. var rest]:
        await PlanBenchmark.RunAsync(Number(rest, 0, 200), Number(rest, 1, 300));
        return 0;
    case ["fhir", .. var rest]:
        await FhirBenchmark.RunAsync(Number(rest, 0, 5_000));
        return 0;
    case ["monitor", .. var rest]:
        await MonitorBenchmark.RunAsync(Number(rest, 0, 150_000), rest.ElementAtOrDefault(1));
        return 0;
    case ["workspace", .. var rest]:
        await WorkspaceBenchmark.RunAsync(Number(rest, 0, 150_000), rest.ElementAtOrDefault(1));
        return 0;
    case ["plans-in-force", .. var rest]:
        await PlansInForceBenchmark.RunAsync(Number(rest, 0, 640_000), rest.ElementAtOrDefault(1));
        return 0;
    case ["bus", .. var rest]:
        await BusBenchmark.RunAsync(Number(rest, 0, 30_000), Number(rest, 1, 256));
        await BusSideBySide.RunAsync(Number(rest, 2, 20_000));
        return 0;
    case ["bus-loop", .. var rest]:
        return await BusBenchmark.LoopAsync(Number(rest, 0, 10), Number(rest, 1, 6_000), Number(rest, 2, 256));
    default:
        Console.Error.WriteLine("all [cases] [open cases]      one table of everything, with aims, beside bare SQLite, Durable Task on Azurite, the FHIR SDK and RabbitMQ");
        Console.Error.WriteLine("cold [open cases]             from the start to ready, and to every due timer fired");
        Console.Error.WriteLine("store [turns] [assessments]   turns a second beside bare SQLite, in one run");
        Console.Error.WriteLine("ehc1 [cases] [sqlite|memory] [MiB held]  whole cases through the real decisions, engine and store, beside bare SQLite");
        Console.Error.WriteLine("durable [cases]               EHC-1 through Durable Task on Azurite, beside the embedded engine, in one run");
        Console.Error.WriteLine("burst [replies]               replies that all come at once");
        Console.Error.WriteLine("open [assessments]            cold start, and lists, with many open assessments");
        Console.Error.WriteLine("plans [plans] [pages]         plans assembled and stored a second, and peak memory");
        Console.Error.WriteLine("fhir [submissions]            advice accepted a second through the FHIR endpoint, beside the SDK's own round trip");
        Console.Error.WriteLine("monitor [cases] [folder]      the monitor's pages, cold and warm, with many open cases, and the memory of the process");
        Console.Error.WriteLine("workspace [cases] [folder]    an officer's pages beside 50 writes a second, with many open cases, and the memory of the process");
        Console.Error.WriteLine("plans-in-force [plans] [folder]  every plan of a country in one store: the start, what falls due in a day, pages, memory");
        Console.Error.WriteLine("bus [messages] [sessions] [plain]  messages a second through the embedded bus and the hub, beside bare SQLite and RabbitMQ");
        Console.Error.WriteLine("bus-loop [times] [messages] [sessions]  the same again and again: nothing may hang or be a dead letter");
        return 2;
}

static int Number(string[] from, int at, int otherwise) => at < from.Length ? int.Parse(from[at], CultureInfo.InvariantCulture) : otherwise;
