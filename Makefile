.PHONY: bootstrap test

bootstrap:
	./scripts/bootstrap.sh

test:
	./scripts/test.sh
